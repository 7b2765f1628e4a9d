"""Tokenised stories become written English again, and the reference's cleaning stays its own."""

import pytest

from lib.datasets.story_text import clean_prompt, clean_story


def standard(line: str, max_words: int = 300) -> str:
    return clean_story(line, cleaning="standard", max_words=max_words)


def reference(line: str, max_words: int = 300) -> str:
    return clean_story(line, cleaning="reference", max_words=max_words)


def test_the_reference_attaches_punctuation_and_contractions() -> None:
    line = "He did n't know , but I 'm sure : it 's late ; they 'll go ! Why ? We 've time ."
    clean = "He didn't know, but I'm sure: it's late; they'll go! Why? We've time."
    assert reference(line) == clean


def test_the_reference_turns_newline_tokens_into_line_breaks() -> None:
    assert reference("One . <newline> <newline> Two .") == "One. \n \n Two."


def test_the_reference_keeps_quotes_tags_and_removed_stories() -> None:
    assert reference("`` Hi , '' he said") == "`` Hi, '' he said"
    assert clean_prompt("[ WP ] A dog .", cleaning="reference") == "[ WP ] A dog."
    assert reference("[ removed ]") == "[ removed ]"


def test_the_reference_counts_tokens_before_it_joins_them() -> None:
    # 4 tokens: Go, ",", <newline>, now.
    assert reference("Go , <newline> now , then", max_words=4) == "Go, \n now"


def test_standard_counts_written_words() -> None:
    assert standard("Go , <newline> now , then", max_words=2) == "Go,\nnow,"


def test_a_story_of_ten_thousand_words_is_cut() -> None:
    line = " ".join(f"word{number}" for number in range(10_000))
    for cut in (standard(line), reference(line)):
        assert len(cut.split()) == 300
        assert cut.endswith("word299")


@pytest.mark.parametrize(
    "prompt",
    [
        "[ WP ] A dog runs .",
        "[ wp ] A dog runs .",
        "[ Writing Prompt ] A dog runs .",
        "[EU] A dog runs .",
        "[ PI ] : A dog runs .",
        "A dog [ WP ] runs .",
        "A dog runs . [ wp ]",
        "A dog runs .",
    ],
)
def test_standard_removes_a_tag_wherever_it_stands(prompt: str) -> None:
    assert clean_prompt(prompt, cleaning="standard") == "A dog runs."


def test_standard_keeps_brackets_that_are_no_tag() -> None:
    assert standard("He wrote [ sic ] there .") == "He wrote [sic] there."


@pytest.mark.parametrize("line", ["[ removed ]", "[deleted]", "<newline> [ Removed ] <newline>"])
def test_a_removed_story_leaves_nothing(line: str) -> None:
    assert standard(line) == ""


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("`` Hello , '' she said .", '"Hello," she said.'),
        ("She said , `` Go ! ''", 'She said, "Go!"'),
        ("`` One . '' <newline> <newline> `` Two ? ''", '"One."\n"Two?"'),
        ("Well . <newline> '' Hello . ''", 'Well.\n"Hello."'),
        ("A `` moon '' .", 'A "moon".'),
        ("He said ` hello ' twice .", "He said 'hello' twice."),
        ("The boys ' dog .", "The boys' dog."),
        ("I could n't ; it ' s gon na rain .", "I couldn't; it's gonna rain."),
        ("It costs $ 5 ( or 6 % more ) .", "It costs $5 (or 6% more)."),
    ],
)
def test_standard_restores_quotes_and_joins(line: str, written: str) -> None:
    assert standard(line) == written


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Read [ my blog ] ( http : //foo.com/a ? b=1 ) now .", "Read my blog now."),
        ("Read [my blog](https://foo.com/a) now .", "Read my blog now."),
        ("See https : //foo.com/bar for more", "See for more"),
        ("He was **very** ** angry ** and *sad* .", "He was very angry and sad."),
        ("_Never_ say snake_case ~~again~~ .", "Never say snake_case again."),
        ("One . <newline> -- -- - <newline> * * * <newline> Two .", "One.\nTwo."),
        ("# Part two <newline> > She ran .", "Part two\nShe ran."),
        ("Tom & amp ; Ann", "Tom & Ann"),
        ("Tom &amp; Ann", "Tom & Ann"),
        ("One . & amp ; nbsp ; <newline> & nbsp ; Two & # x200B ; .", "One.\nTwo."),
        ("2 & lt ; 3", "2 < 3"),
    ],
)
def test_standard_strips_mark_up(line: str, written: str) -> None:
    assert standard(line) == written


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("It wasnâ€™t me .", "It wasn't me."),
        ("â€œNoâ€\x9d , he said .", '"No", he said.'),
        ("A cafÃ© â€” open .", "A café — open."),
        ("Waitâ€¦ ðŸŽ‰", "Wait… 🎉"),
        ("Odd : Ã© but â€ alone", "Odd: é but â€ alone"),
        ("Curly \u2018quotes\u2019 and \u201cthese\u201d .", "Curly 'quotes' and \"these\"."),
        ("Château Âge fâché", "Château Âge fâché"),
    ],
)
def test_standard_repairs_mojibake_and_leaves_accents(line: str, written: str) -> None:
    assert standard(line) == written


def test_standard_gives_one_line_a_paragraph_and_single_spaces() -> None:
    line = " One  two .\u2028 Three\x0b. <newline> <newline> <newline> Four .\r"
    assert standard(line) == "One two. Three.\nFour."
