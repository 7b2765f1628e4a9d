"""Captions from features: greedy, beam or nucleus, batched, one way for both captioners."""

from collections.abc import Iterator

import numpy as np
import torch
from tqdm import tqdm
from transformers import PreTrainedTokenizerBase

from lib.captioners.build import Captioner


def decode_captions(
    model: Captioner,
    tokenizer: PreTrainedTokenizerBase,
    features: np.ndarray,
    *,
    beam: int,
    top_p: float | None,
    length_penalty: float,
    max_tokens: int,
    stop_at_full_stop: bool,
    batch_images: int,
    seed: int,
) -> Iterator[str]:
    """One caption an image of `features` (n, t, c), in order.

    Nucleus sampling where `top_p` is given, else beam search (1: greedy) whose scores are divided
    by length ** `length_penalty`. `stop_at_full_stop` ends a caption at its first ".", as ClipCap
    does with GPT-2, which has no other way to end one.
    """
    torch.manual_seed(seed)
    ends = [tokenizer.eos_token_id]
    if stop_at_full_stop:
        ends += tokenizer.encode(".", add_special_tokens=False)
    pad = tokenizer.pad_token_id
    for start in tqdm(range(0, len(features), batch_images), desc="captions", unit="batch"):
        batch = torch.from_numpy(features[start : start + batch_images]).to(model.device)
        ids = model.generate_captions(
            batch,
            num_beams=beam if top_p is None else 1,
            do_sample=top_p is not None,
            top_p=top_p,
            top_k=0 if top_p is not None else None,
            length_penalty=length_penalty if beam > 1 and top_p is None else None,
            max_new_tokens=max_tokens - 1,
            eos_token_id=ends,
            pad_token_id=ends[0] if pad is None else pad,
        )
        for text in tokenizer.batch_decode(ids, skip_special_tokens=True):
            yield " ".join(text.split())
