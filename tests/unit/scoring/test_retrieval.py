"""Recall at k of image-text retrieval."""

from __future__ import annotations

import numpy as np
import pytest

from lib.errors import InputError
from lib.scoring.retrieval import recall_at_k

AXES = np.eye(3, dtype=np.float32)


def test_equal_embeddings_are_always_found() -> None:
    recall = recall_at_k(AXES, AXES, [1])
    assert recall.image_to_text.tolist() == recall.text_to_image.tolist() == [[1], [1], [1]]


def test_an_answer_in_second_place_counts_from_k_2_on() -> None:
    texts = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1]])
    images = np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 0, 1]])
    # Similarity of images (rows) with texts: 1 .8 0, .6 .96 0, 0 0 1: each its own first.
    recall = recall_at_k(images, texts, [1, 2])
    assert recall.ks == (1, 2)
    assert recall.image_to_text.tolist() == [[1, 1], [1, 1], [1, 1]]
    # The first two images swapped: .6 .96 0, 1 .8 0: their own texts come second.
    swapped = recall_at_k(images[[1, 0, 2]], texts, [1, 2])
    assert swapped.image_to_text.tolist() == [[0, 1], [0, 1], [1, 1]]


def test_the_two_directions_differ() -> None:
    # Similarity of images (rows) with texts: .8 .6, 1 0. Image 0's own text is its first, and
    # text 0's own image its second; image 1's own text is its second, text 1's own image too.
    recall = recall_at_k(np.array([[0.8, 0.6], [1, 0]]), np.eye(2), [1])
    assert recall.image_to_text.tolist() == [[1], [0]]
    assert recall.text_to_image.tolist() == [[0], [0]]


def test_embeddings_all_alike_score_chance() -> None:
    same = np.tile([1.0, 0.0], (4, 1))
    assert recall_at_k(same, same, [1, 2]).image_to_text.mean(axis=0) == pytest.approx([0.25, 0.5])


def test_two_images_with_the_same_caption_share_it() -> None:
    texts = AXES[[0, 0, 2]]
    recall = recall_at_k(AXES[[0, 0, 2]], texts, [1, 2])
    assert recall.text_to_image.tolist() == [[0.5, 1], [0.5, 1], [1, 1]]


def test_a_row_that_is_not_normalised_is_an_error() -> None:
    with pytest.raises(InputError, match="text embedding 0 has length 2"):
        recall_at_k(AXES, AXES * 2, [1])


def test_embeddings_of_different_shapes_are_an_error() -> None:
    with pytest.raises(InputError, match=r"\(3, 3\) and \(2, 3\)"):
        recall_at_k(AXES, AXES[:2], [1])
