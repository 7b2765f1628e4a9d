"""A story from your own pictures, by the lead system: `make story IMAGES="a.jpg b.jpg c.jpg"`."""

import sys
import textwrap
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from lib.captioners.build import load_captioner
from lib.captioners.decoding import decode_captions
from lib.captioners.text import as_sentence
from lib.commands import guarded
from lib.devices import pick_device
from lib.encoders.clip import load_clip
from lib.errors import InputError
from lib.params import Params, load_params
from lib.paths import Paths
from lib.pictures import open_picture
from lib.stories.generation import Decoding, generate
from lib.stories.models import load_story_model
from lib.stories.prompting import Prompting, ask, fill

LIMITS = (
    "These models are small and know only the rendered world of the sample run: what a photograph "
    "shows, they see as the nearest thing of that world. The story is fiction."
)


def read_pictures(names: list[str], max_pixels: int) -> list[Image.Image]:
    """Open all pictures before any model is loaded; InputError names the first that will not do."""
    if len(names) < 2:
        raise InputError('name two pictures or more: make story IMAGES="a.jpg b.jpg c.jpg"')
    missing = [name for name in names if not Path(name).is_file()]
    if missing:
        raise InputError(f"{missing[0]}: no such file; check the name after IMAGES=")
    return [open_picture(Path(name).read_bytes(), name, max_pixels) for name in names]


def caption(params: Params, paths: Paths, pictures: list[Image.Image], captioner: str) -> list[str]:
    """One caption a picture, through CLIP and the captioner as the pipeline runs them."""
    settings, encoder = params.captioners[captioner], params.encoders.clip
    if settings.model.features != "clip":
        raise InputError(
            f"captioner {captioner!r} reads {settings.model.features} features; set "
            "gallery.lead_system to a system whose captioner reads CLIP's"
        )
    device = pick_device(params.runtime.device)
    folder = paths.clip(encoder.checkpoint)
    clip = load_clip(folder, encoder.architecture, getattr(torch, encoder.dtype), device)
    pixels = np.stack([clip.pixels(picture) for picture in pictures])
    values = clip.encode_pictures(pixels)[settings.model.input].astype(np.float16)
    features = values if values.ndim == 3 else values[:, None]  # (n, t, c)
    model, tokenizer = load_captioner(paths.captioner(captioner), device)
    return list(decode_captions(model, tokenizer, features, **settings.decode.model_dump()))


def expand(params: Params, paths: Paths, captions: list[str], device: torch.device) -> str:
    """What the expander makes of the captions."""
    expander = params.expander
    dtype = getattr(torch, expander.dtype)
    model = load_story_model(paths.story_model(expander.story_model), dtype, device)
    prompting = Prompting(expander.style, expander.system, "{prompt}")
    asked = ask(fill(expander.instruction, captions, None), prompting, model.tokenizer)
    decoding = Decoding(**expander.decode.model_dump())
    return generate(model, [asked], decoding, "expansion")[0].text


def tell(params: Params, paths: Paths, captions: list[str]) -> str:
    """The lead system's story, by way of its expander where it has one."""
    system = params.systems[params.gallery.lead_system]
    device, dtype = pick_device(params.runtime.device), getattr(torch, params.storyteller.dtype)
    expansion = expand(params, paths, captions, device) if system.expander else None
    model = load_story_model(paths.story_model(system.story_model), dtype, device)
    asked = ask(fill(system.prompt, captions, expansion), model.prompting, model.tokenizer)
    decoding = Decoding(**params.storyteller.decode.model_dump())
    return generate(model, [asked], decoding, "story")[0].text


def main() -> None:
    params = load_params(Path(sys.argv[1] if len(sys.argv) > 1 else "params.yaml"))
    paths, names = Paths(params.run), sys.argv[2:]
    pictures = read_pictures(names, params.datasets.test_captions.max_pixels)
    captioner = params.systems[params.gallery.lead_system].captioner
    captions = caption(params, paths, pictures, captioner)
    story = tell(params, paths, captions)
    print()
    for name, text in zip(names, captions, strict=True):
        print(f"  {Path(name).name}: {as_sentence(text)}")
    print()
    for paragraph in story.splitlines():
        print(textwrap.fill(paragraph, 88, initial_indent="  ", subsequent_indent="  "))
    print(f"\n{textwrap.fill(LIMITS, 92)}")


if __name__ == "__main__":
    guarded(main)
