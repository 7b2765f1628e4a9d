"""Which pictures stand together, and with which captions."""

import pandas as pd
import pytest

from lib.errors import InputError
from lib.stories.triples import consecutive_triples, triple_captions


def test_triples_are_consecutive_pictures_in_their_listed_order() -> None:
    triples = consecutive_triples(["9", "3", "7", "1", "8", "2", "5"], size=3, n_triples=2)
    assert list(triples.columns) == ["triple_id", "image_ids"]
    assert triples["triple_id"].tolist() == ["t000", "t001"]
    assert triples["image_ids"].tolist() == [["9", "3", "7"], ["1", "8", "2"]]


def test_only_as_many_triples_as_asked() -> None:
    assert len(consecutive_triples(list("abcdefghi"), size=3, n_triples=1)) == 1


def test_the_size_of_a_group_can_change() -> None:
    assert consecutive_triples(list("abcd"), 2, 2)["image_ids"].tolist() == [["a", "b"], ["c", "d"]]


def test_exactly_enough_pictures_are_enough_and_one_less_is_not() -> None:
    assert len(consecutive_triples(list("abcdef"), 3, 2)) == 2
    with pytest.raises(InputError) as refused:
        consecutive_triples(list("abcde"), 3, 2)
    assert str(refused.value) == (
        "triples: 2 of 3 need 6 test pictures, found 5; lower triples.n_triples to 1 or less"
    )


def test_captions_come_in_the_triples_order_not_the_tables() -> None:
    triples = consecutive_triples(["9", "3", "7", "1"], size=2, n_triples=2)
    captions = pd.DataFrame(
        {"image_id": ["1", "3", "7", "9"], "caption": ["one", "three", "seven", "nine"]}
    )
    found = triple_captions(triples, captions)
    assert list(found.items()) == [("t000", ["nine", "three"]), ("t001", ["seven", "one"])]
