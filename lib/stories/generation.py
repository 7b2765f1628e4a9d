"""Texts from prompts: batched decoding, and a second try for a story that came out empty."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from tqdm import tqdm

from lib.errors import InputError
from lib.stories.models import StoryModel


@dataclass(frozen=True)
class Decoding:
    """How a text is decoded; the names are those of params.yaml."""

    sample: bool
    top_p: float
    top_k: int  # 0: off
    temperature: float
    beam: int
    repetition_penalty: float
    no_repeat_ngram: int  # 0: off
    min_new_tokens: int
    max_new_tokens: int
    end_at_sentence: bool  # a text that is cut off ends at its last whole sentence
    batch_stories: int
    max_attempts: int
    seed: int

    def arguments(self) -> dict[str, Any]:
        """For `generate`."""
        sampling = {"top_p": self.top_p, "top_k": self.top_k, "temperature": self.temperature}
        return {
            "do_sample": self.sample,
            **(sampling if self.sample else {}),
            "num_beams": self.beam,
            "repetition_penalty": self.repetition_penalty,
            "no_repeat_ngram_size": self.no_repeat_ngram,
            "min_new_tokens": self.min_new_tokens,
            "max_new_tokens": self.max_new_tokens,
        }


@dataclass(frozen=True)
class Telling:
    """A generated text, without what it was asked with."""

    text: str
    n_tokens: int
    finish: str  # "end": the model stopped; "length": it was cut off
    attempts: int


SIDES = {"causal": "left", "seq2seq": "right"}
SENTENCE_END = re.compile(r"[.!?]['\"’”]*(?=\s|$)")


def whole_sentences(text: str) -> str:
    """The text up to the end of its last whole sentence; all of it where no sentence ends."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else text


@torch.inference_mode()
def generate_batch(story_model: StoryModel, asked: list[str], decoding: Decoding) -> list[Telling]:
    """One text a prompt.

    A causal model goes on from its prompt, which is padded on the left; a seq2seq model reads it
    as in training, padded on the right.
    """
    generate_ids: Any = story_model.model.generate
    device, tokenizer = story_model.model.device, story_model.tokenizer
    batch = tokenizer(
        asked,
        return_tensors="pt",
        padding=True,
        padding_side=SIDES[story_model.family],
        add_special_tokens=story_model.family == "seq2seq",
    )
    batch = {n: batch[n].to(device) for n in ("input_ids", "attention_mask")}
    ids = generate_ids(**batch, **decoding.arguments(), pad_token_id=tokenizer.pad_token_id)
    ids = ids[:, 1:] if story_model.family == "seq2seq" else ids[:, batch["input_ids"].shape[1] :]
    tellings = []
    for row in ids.tolist():
        ended = tokenizer.eos_token_id in row
        length = row.index(tokenizer.eos_token_id) if ended else len(row)
        text = str(tokenizer.decode(row[:length], skip_special_tokens=True)).strip()
        if decoding.end_at_sentence and not ended:
            text = whole_sentences(text)
        tellings.append(Telling(text, length, "end" if ended else "length", 1))
    return tellings


def generate(
    story_model: StoryModel, asked: Sequence[str], decoding: Decoding, name: str
) -> list[Telling]:
    """One text a prompt, none empty.

    A text that comes out empty is generated again, by sampling with the next seed, at most
    `max_attempts` times in all; InputError names the prompts for which that was not enough.
    """
    found: dict[int, Telling] = {}
    for attempt in range(decoding.max_attempts):
        torch.manual_seed(decoding.seed + attempt)
        rule = decoding if attempt == 0 else replace(decoding, sample=True, beam=1)
        todo = [i for i in range(len(asked)) if i not in found or not found[i].text]
        starts = range(0, len(todo), decoding.batch_stories)
        for start in tqdm(starts, desc=name, unit="batch", disable=not todo):
            rows = todo[start : start + decoding.batch_stories]
            texts = generate_batch(story_model, [asked[i] for i in rows], rule)
            found |= {i: replace(t, attempts=attempt + 1) for i, t in zip(rows, texts, strict=True)}
    empty = [asked[i] for i in range(len(asked)) if not found[i].text]
    if empty:
        raise InputError(
            f"{name}: {len(empty)} of {len(asked)} texts are empty after {decoding.max_attempts} "
            f"attempts (first prompt: {empty[0]!r:.120}); raise min_new_tokens or max_attempts"
        )
    return [found[i] for i in range(len(asked))]
