"""Scores of single stories: what one system's story for one triple got."""

import pyarrow as pa

from lib.tables import column

STORY_DETAILS = pa.schema(
    [
        column("triple_id", pa.string(), "the triple that the story is for"),
        column("worlap", pa.float64(), "share of the captions' words in the story, 0 to 1"),
        column("worlap_content", pa.float64(), "the same over stems of content words, 0 to 1"),
        column("ttr", pa.float64(), "unique words by all words, 0 to 1"),
        column("readability", pa.float64(), "Flesch-Kincaid grade, US school years"),
        column("complexity", pa.float64(), "longest minus shortest sentence, words"),
        column("rep_4", pa.float64(), "share of 4-grams that are repeats, 0 to 1"),
        column("n_words", pa.int64(), "words of the story"),
    ],
    metadata={"key": "triple_id"},
)
