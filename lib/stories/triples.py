"""Which pictures stand together."""

from collections.abc import Sequence

import pandas as pd

from lib.errors import InputError


def consecutive_triples(image_ids: Sequence[str], size: int, n_triples: int) -> pd.DataFrame:
    """The first `n_triples` groups of `size` consecutive images: triple_id, image_ids.

    As the reference groups its 150 images into 50. InputError where there are too few images.
    """
    if len(image_ids) < size * n_triples:
        raise InputError(
            f"triples: {n_triples} of {size} need {size * n_triples} test pictures, found "
            f"{len(image_ids)}; lower triples.n_triples to {len(image_ids) // size} or less"
        )
    groups = [list(image_ids[i * size : (i + 1) * size]) for i in range(n_triples)]
    names = [f"t{i:03d}" for i in range(n_triples)]
    return pd.DataFrame({"triple_id": names, "image_ids": groups})


def triple_captions(triples: pd.DataFrame, captions: pd.DataFrame) -> dict[str, list[str]]:
    """triple_id -> its pictures' predicted captions, in order."""
    known = dict(zip(captions["image_id"], captions["caption"], strict=True))
    rows = zip(triples["triple_id"], triples["image_ids"], strict=True)
    return {triple_id: [known[image_id] for image_id in ids] for triple_id, ids in rows}
