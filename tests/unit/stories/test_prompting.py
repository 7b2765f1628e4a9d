"""What a model reads before its story."""

import pytest
from transformers import PreTrainedTokenizerBase

from lib.errors import InputError
from lib.stories.prompting import Prompting, ask, fill
from tests.unit.stories.networks import tokenizer

TEMPLATE = (
    "{% for turn in messages %}<{{ turn['role'] }}>{{ turn['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)
INSTRUCTION = "Tell of this: {prompt}"


@pytest.fixture
def reader() -> PreTrainedTokenizerBase:
    reader = tokenizer()
    reader.chat_template = TEMPLATE
    return reader


def test_chat_puts_the_request_into_the_models_own_template(
    reader: PreTrainedTokenizerBase,
) -> None:
    asked = ask("a dog", Prompting("chat", "You tell stories.", INSTRUCTION), reader)
    assert asked == "<system>You tell stories.\n<user>Tell of this: a dog\n<assistant>"


def test_chat_without_a_system_has_no_systems_turn(reader: PreTrainedTokenizerBase) -> None:
    asked = ask("a dog", Prompting("chat", "", INSTRUCTION), reader)
    assert asked == "<user>Tell of this: a dog\n<assistant>"


def test_chat_needs_a_template() -> None:
    with pytest.raises(InputError, match="no chat template; set separator or plain"):
        ask("a dog", Prompting("chat", "", INSTRUCTION), tokenizer())


def test_separator_joins_as_the_reference_does(reader: PreTrainedTokenizerBase) -> None:
    assert ask("a dog", Prompting("separator", "unused", "{prompt}"), reader) == "a dog <sep> "


def test_plain_is_the_instruction_alone(reader: PreTrainedTokenizerBase) -> None:
    assert ask("a dog", Prompting("plain", "unused", INSTRUCTION), reader) == "Tell of this: a dog"


def test_braces_in_a_prompt_are_only_braces(reader: PreTrainedTokenizerBase) -> None:
    asked = ask("a {dog} of {0}%s", Prompting("plain", "", "{{prompt}} {x}"), reader)
    assert asked == "{a {dog} of {0}%s} {x}"


def test_captions_become_sentences_in_their_order() -> None:
    captions = ["a dog runs", "the cat sat .", "A bird."]
    assert fill("{captions}", captions, None) == "A dog runs. The cat sat. A bird."


def test_the_expansion_stands_where_the_template_says() -> None:
    filled = fill("Story of {captions} -- {expansion} -- end", ["a dog"], "It ran.")
    assert filled == "Story of A dog. -- It ran. -- end"


@pytest.mark.parametrize("expansion", [None, ""])
def test_no_expansion_leaves_no_gap(expansion: str | None) -> None:
    assert fill("{captions} {expansion}", ["a dog", "a cat"], expansion) == "A dog. A cat."


def test_white_space_is_collapsed() -> None:
    filled = fill("{captions}\n{expansion}", ["a  dog"], "One.\n\nTwo. ")
    assert filled == "A dog. One. Two."
