"""Prompts: from a writing prompt, or from captions and their expansion, to what a model reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from transformers import PreTrainedTokenizerBase

from lib.captioners.text import as_sentence
from lib.errors import InputError

Family = Literal["causal", "seq2seq"]
Style = Literal["chat", "separator", "plain"]
SEPARATOR = " <sep> "


@dataclass(frozen=True)
class Prompting:
    """How one model wants to be asked; `instruction` holds the place `{prompt}`."""

    style: Style
    system: str
    instruction: str


def ask(prompt: str, prompting: Prompting, tokenizer: PreTrainedTokenizerBase) -> str:
    """The text that stands before the story.

    chat: the model's own chat template, with the system's words; separator: `prompt <sep> story`,
    as the reference joins them; plain: the instruction alone.
    """
    request = prompting.instruction.replace("{prompt}", prompt)
    if prompting.style == "separator":
        return request + SEPARATOR
    if prompting.style == "plain":
        return request
    if not tokenizer.chat_template:
        raise InputError(
            "prompt.style: chat was asked for, but this model has no chat template; "
            "set separator or plain"
        )
    turns = [{"role": "system", "content": prompting.system}] if prompting.system else []
    turns.append({"role": "user", "content": request})
    text = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    return str(text)


def fill(template: str, captions: Sequence[str], expansion: str | None) -> str:
    """A system's prompt: `{captions}` and `{expansion}` put into their places, once each."""
    joined = " ".join(as_sentence(caption) for caption in captions)
    filled = template.replace("{captions}", joined).replace("{expansion}", expansion or "")
    return " ".join(filled.split())
