"""The prefix captioner against ClipCap's definition."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from lib.captioners.prefix import PrefixCaptioner
from tests.unit.captioners.networks import END, PAD, images, prefix, until_end

CAPTIONS = [[4, 5, 6, END], [7, END], [8, 9, END]]
OWNERS = [0, 0, 1]  # the first image has two captions


def padded(value: int) -> Tensor:
    return torch.tensor([[*ids, *[value] * (4 - len(ids))] for ids in CAPTIONS])


def run(model: PrefixCaptioner, pad_id: int = PAD) -> dict[str, Tensor]:
    return model(images(2, 1), padded(pad_id), padded(-100), torch.tensor(OWNERS))


def next_logits(model: PrefixCaptioner, image: Tensor, ids: list[int]) -> Tensor:
    """Of the token after `ids`, by a full run without a cache or padding; image (t, c)."""
    words = model.gpt.get_input_embeddings()(torch.tensor([ids], dtype=torch.long))  # (1, L, d)
    read = torch.cat([model.prefix(image[None]), words], 1)
    return model.gpt(inputs_embeds=read, use_cache=False).logits[0, -1]


def test_the_loss_is_the_cross_entropy_of_the_captions_tokens_alone() -> None:
    model, features = prefix(), images(2, 1)
    losses = [
        -next_logits(model, features[owner], ids[:i]).log_softmax(0)[ids[i]]
        for owner, ids in zip(OWNERS, CAPTIONS, strict=True)
        for i in range(len(ids))
    ]
    assert len(losses) == 9  # 4 + 2 + 3 tokens: no prefix, no padding
    assert_close(run(model)["loss"], torch.stack(losses).mean())


def test_each_logit_row_predicts_the_token_at_its_own_place() -> None:
    model, features = prefix(), images(2, 1)
    logits = run(model)["logits"]
    assert logits.shape == (3, 4, 12)
    assert_close(logits[0, 0], next_logits(model, features[0], []))
    assert_close(logits[2, 2], next_logits(model, features[1], [8, 9]))


def test_the_id_of_the_padding_does_not_matter() -> None:
    model = prefix()
    assert_close(run(model, pad_id=PAD)["loss"], run(model, pad_id=10)["loss"])


def test_the_prefix_comes_from_normalised_features() -> None:
    model = prefix(normalize="l2")
    features = images(2, 1)
    assert_close(model.prefix(features), model.prefix(7 * features))
    unit = features / features.norm(dim=-1, keepdim=True)
    assert_close(model.prefix(features), model.clip_project(unit))


def test_float16_features_are_read_as_the_weights_are() -> None:
    assert prefix().prefix(images(2, 1).half()).dtype == torch.float32


def test_weights_are_named_as_clipcap_names_them() -> None:
    names = {name.rsplit(".", 1)[0] for name in prefix().state_dict()}
    assert {"clip_project.model.0", "clip_project.model.2"} <= names
    assert {"gpt.transformer.wte", "gpt.transformer.h.0.attn.c_attn", "gpt.lm_head"} <= names
    assert {name.split(".")[0] for name in names} == {"clip_project", "gpt"}


@pytest.mark.parametrize("frozen", [True, False])
def test_a_frozen_language_model_has_no_dropout_and_no_gradient(frozen: bool) -> None:
    model = prefix(freeze_language_model=frozen).train()
    assert model.clip_project.training
    assert all(module.training != frozen for module in model.gpt.modules())
    run(model)["loss"].backward()
    assert all(p.grad is not None and p.grad.any() for p in model.clip_project.parameters())
    assert all((p.grad is None) == frozen for p in model.gpt.parameters())


def test_a_step_moves_the_mapper_and_leaves_a_frozen_language_model_alone() -> None:
    model = prefix(freeze_language_model=True)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    # made before train() freezes anything, as the Trainer does it; weight decay moves what it may
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, weight_decay=0.5)
    run(model.train())["loss"].backward()
    optimizer.step()
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, before[name]) == name.startswith("gpt."), name


@pytest.mark.parametrize(("mapper", "seed"), [("mlp", 5), ("transformer", 7), ("grid", 5)])
def test_greedy_captions_take_the_likeliest_token_each_time(mapper: str, seed: int) -> None:
    model, features = prefix(seed, mapper=mapper), images(8, 1)
    wanted = []
    for image in features:
        ids: list[int] = []
        while len(ids) < 8 and END not in ids:
            ids.append(int(next_logits(model, image, ids).argmax()))
        wanted.append(ids)
    found = model.generate_captions(
        features, num_beams=1, do_sample=False, max_new_tokens=8, eos_token_id=END, pad_token_id=PAD
    ).tolist()
    assert [until_end(ids) for ids in found] == wanted
    # the pictures are told apart, and both ways to end occur
    assert len(set(map(tuple, wanted))) > 2
    assert 0 < sum(END in ids for ids in wanted) < len(wanted)


def test_a_beam_as_wide_as_the_vocabulary_finds_the_likeliest_caption() -> None:
    model, features = prefix(), images(4, 1)
    found = model.generate_captions(
        features,
        num_beams=12,
        do_sample=False,
        length_penalty=0.0,
        max_new_tokens=2,
        eos_token_id=END,
        pad_token_id=PAD,
    ).tolist()
    for image, ids in zip(features, found, strict=True):
        first = next_logits(model, image, []).log_softmax(0)
        scores = {(END,): first[END].item()}
        for a in set(range(12)) - {END}:
            second = next_logits(model, image, [a]).log_softmax(0)
            scores |= {(a, b): (first[a] + second[b]).item() for b in range(12)}
        assert tuple(until_end(ids)) == max(scores, key=lambda caption: scores[caption])


@pytest.mark.parametrize("mapper", ["mlp", "transformer", "grid"])
def test_a_saved_captioner_comes_back_the_same(mapper: str, tmp_path: Path) -> None:
    model = prefix(mapper=mapper, normalize="standardize", encoder="CLIP x", mlp_ratio=3.0)
    model.normalize.fit(np.random.default_rng(0).normal(2, 3, (20, 1, 3)))
    model.save_pretrained(tmp_path)
    again = PrefixCaptioner.from_pretrained(tmp_path).eval()
    assert torch.equal(run(again)["logits"], run(model)["logits"])
    assert (again.config.normalize, again.config.encoder) == ("standardize", "CLIP x")
    assert torch.equal(again.normalize.mean, model.normalize.mean)
