"""coco-caption's tokens without Java: a frozen table, and a comparison with Java where it runs."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pycocoevalcap.tokenizer.ptbtokenizer as coco
import pytest

from lib.scoring.ptb import tokenize, tokenize_captions

# What CoreNLP 3.4.1 and coco-caption's list of punctuation make of each caption.
HARD_CASES = {
    "": "",
    " . ": "",
    "?!... \"\" '' -- -": "?!",
    "A dog runs.": "a dog runs",
    "  a man ,  a dog and a cat .": "a man a dog and a cat",
    "Black-and-white T-shirt; close-up": "black-and-white t-shirt close-up",
    "dog - cat -- bird --- fish ----- end": "dog cat bird fish ----- end",
    "It can't, won't and cannot be gonna.": "it ca n't wo n't and can not be gon na",
    "isn’t it he’s they’re I'd I’ll": "is n't it he 's they 're i 'd i 'll",
    "The dog's bowl, the dogs' bowls": "the dog 's bowl the dogs bowls",
    "y'all 'tis 'twas o'clock rock'n'roll": "y' all 't is 't was o'clock rock 'n' roll",
    "O'Brien's d'Avignon ma'am c'mon": "o'brien 's d'avignon ma'am c'mon",
    "the '90s, the 90's, 1960's": "the '90s the 90 's 1960 's",
    "the U.S. at 5 p.m.": "the u.s. at 5 p.m.",
    "Mr. Smith vs. Dr. No on Main St.": "mr. smith vs. dr. no on main st.",
    "say no. no. 5 is off.": "say no no. 5 is off",
    "He is ill. Champaign, Ill. is flat": "he is ill champaign ill. is flat",
    "plan b. is vitamin c.": "plan b. is vitamin c.",
    "I am here.I see": "i am here.i see",
    "$5.50 US$3 5$ £4 €2 50% 5¢": "$ 5.50 us$ 3 5 $ # 4 $ 2 50 % 5 cents",
    "1/2 of 3.5 or 1,000 at 5:30pm": "1/2 of 3.5 or 1,000 at 5:30 pm",
    "½ cup, 1 1/2 cups": "1/2 cup 1\u00a01/2 cups",
    "call 555-1234 or (555) 123-4567": "call 555-1234 or -lrb-555-rrb-\u00a0123-4567",
    "3.5-inch 4x4 2nd 10/4/2010 24/7": "3.5-inch 4x4 2nd 10/4/2010 24/7",
    "and/or w/ a/b/c/d": "and/or w / a/b/c / d",
    "(a [b] {c}) <d> e < f": "-lrb- a -lsb- b -rsb- -lcb- c -rcb- -rrb- <d> e < f",
    "\"a sign\" that says 'stop' “now” ‘go’ «on»": "a sign that says stop now go on",
    "a & b &amp; AT&T R&B.": "a & b & at&t r&b",
    "wait... what…so . . . end": "wait what so end",
    "what?! no!! yes!": "what ?! no !! yes",
    "a * b @ c # d = e + f ~ g": "a * b @ c # d = e + f ~ g",
    "#tag @me me@site.com www.site.com/x": "#tag @me me@site.com www.site.com / x",
    "http://site.com/a?b=c, c++ c#": "http://site.com/a?b=c c++ c#",
    "smile :) ;-) :D": "smile :-rrb- ;--rrb- :d",
    "Café naïve crème brûlée Ñandú": "café naïve crème brûlée ñandú",
    "cafe\u0301 日本 кот": "cafe\u0301 日本 кот",
    "a dog 😀 runs👍🏽fast ☺ ★": "a dog runs fast ☺ ★",
    "soft\u00adhyphen no\u00a0break thin\u2009space": "softhyphen no break thin space",
    "em—dash en–dash": "em dash en dash",
    "20°C ©2014 5×5": "20 ° c © 2014 5 × 5",
    "a\nb": "a b",
}


@pytest.mark.parametrize(("caption", "tokens"), HARD_CASES.items())
def test_a_caption_has_the_tokens_that_coco_caption_gives_it(caption: str, tokens: str) -> None:
    assert tokenize(caption) == tokens


def test_a_stop_after_a_letter_belongs_to_it_unless_the_next_caption_opens_a_sentence() -> None:
    assert tokenize_captions(["plan b.", "two dogs"]) == ["plan b.", "two dogs"]
    assert tokenize_captions(["plan b.", "The dogs"]) == ["plan b", "the dogs"]


def test_no_is_an_abbreviation_where_the_next_caption_opens_with_a_number() -> None:
    assert tokenize_captions(["he says no.", "3 dogs"]) == ["he says no.", "3 dogs"]
    assert tokenize_captions(["he says no.", "dogs"]) == ["he says no", "dogs"]


def test_no_captions_have_no_tokens() -> None:
    assert tokenize_captions([]) == []


@pytest.mark.skipif(not shutil.which("java"), reason="java is not installed")
def test_hard_cases_equal_javas_tokens(tmp_path: Path) -> None:
    captions = [caption.replace("\n", " ") for caption in HARD_CASES]
    assert tokenize_captions(captions) == _java_tokens(captions, tmp_path)


@pytest.mark.skipif(not shutil.which("java"), reason="java is not installed")
def test_random_captions_equal_javas_tokens(tmp_path: Path) -> None:
    captions = _random_captions(5000)
    differences = [
        (caption, ours, java)
        for caption, ours, java in zip(
            captions, tokenize_captions(captions), _java_tokens(captions, tmp_path), strict=True
        )
        if ours != java
    ]
    assert differences == []


def _java_tokens(captions: list[str], folder: Path) -> list[str]:
    """Tokenise as coco-caption does, but in a folder of our own."""
    jar = Path(coco.__file__).parent / coco.STANFORD_CORENLP_3_4_1_JAR
    text = folder / "captions.txt"
    text.write_text("\n".join(captions), encoding="utf-8")
    command = ["java", "-cp", str(jar), "edu.stanford.nlp.process.PTBTokenizer"]
    command += ["-preserveLines", "-lowerCase", str(text)]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\n")
    tokens = (line.rstrip().split(" ") for line in lines)
    return [" ".join(word for word in line if word not in coco.PUNCTUATIONS) for line in tokens]


def _random_captions(n_captions: int) -> list[str]:
    words = "a A dog man's isn't St No. U.S. café 2nd 3.5 1/2 5:30 cannot o'clock t-shirt The I "
    words += "inc re ll 's n't www com Ill ill b 1 20 300 x lb."
    marks = [*list("'\"`.,!?:;-/\\()[]{}<>&@#$%*+=_~^|…–½°’‘“”£€★"), "--", "''", "``", "..."]
    pick = random.Random(0)
    captions = []
    for _ in range(n_captions):
        parts = [
            pick.choice(words.split() if pick.random() < 0.6 else marks)
            + (" " if pick.random() < 0.5 else "")
            for _ in range(pick.randint(1, 9))
        ]
        captions.append("".join(parts).strip())
    return captions
