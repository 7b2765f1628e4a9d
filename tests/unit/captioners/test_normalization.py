"""How features are scaled, and that the scale travels with the weights."""

import numpy as np
import torch
from torch.testing import assert_close

from lib.captioners.normalization import FeatureNorm


def test_none_leaves_features_as_they_are() -> None:
    features = torch.tensor([[[3.0, -4.0]]])
    assert torch.equal(FeatureNorm("none", 2)(features), features)


def test_l2_divides_each_vector_by_its_length() -> None:
    features = torch.tensor([[[3.0, 4.0], [0.0, -2.0]]])
    assert_close(FeatureNorm("l2", 2)(features), torch.tensor([[[0.6, 0.8], [0.0, -1.0]]]))


def test_l2_keeps_a_zero_vector_zero() -> None:
    assert torch.equal(FeatureNorm("l2", 2)(torch.zeros(1, 1, 2)), torch.zeros(1, 1, 2))


def test_standardize_takes_each_channels_mean_and_deviation_over_images_and_tokens() -> None:
    norm = FeatureNorm("standardize", 2)
    # channel 0: 1 3 5 7, mean 4, variance (9 + 1 + 1 + 9) / 4 = 5; channel 1: 0 0 0 8, 2, 12
    norm.fit(np.array([[[1, 0], [3, 0]], [[5, 0], [7, 8]]], np.float16))
    assert_close(norm.mean, torch.tensor([4.0, 2.0]))
    assert_close(norm.std, torch.tensor([5.0, 12.0]).sqrt())
    # (9 - 4) / sqrt(5) and (2 - 2) / sqrt(12)
    assert_close(norm(torch.tensor([[[9.0, 2.0]]])), torch.tensor([[[5**0.5, 0.0]]]))


def test_an_outlier_counts_as_eight_deviations() -> None:
    norm = FeatureNorm("standardize", 1)
    norm.fit(np.array([[[-1.0]], [[1.0]]]))
    assert_close(norm(torch.tensor([[[500.0], [-500.0]]])), torch.tensor([[[8.0], [-8.0]]]))


def test_a_channel_that_never_changes_becomes_zero() -> None:
    norm = FeatureNorm("standardize", 1)
    norm.fit(np.full((3, 1, 1), 7.0, np.float16))
    assert torch.equal(norm(torch.full((1, 1, 1), 7.0)), torch.zeros(1, 1, 1))


def test_the_moments_of_float16_features_do_not_overflow() -> None:
    norm = FeatureNorm("standardize", 1)
    norm.fit(np.repeat(np.array([[[40_000]], [[60_000]]], np.float16), 50, axis=0))
    assert_close(norm.mean, torch.tensor([50_000.0]), rtol=1e-3, atol=0.0)
    assert_close(norm.std, torch.tensor([10_000.0]), rtol=1e-2, atol=0.0)


def test_only_standardize_has_constants_to_save() -> None:
    names = {rule: list(FeatureNorm(rule, 2).state_dict()) for rule in ("none", "l2")}
    assert names == {"none": [], "l2": []}
    fitted, fresh = FeatureNorm("standardize", 1), FeatureNorm("standardize", 1)
    fitted.fit(np.array([[[2.0]], [[6.0]]]))
    fresh.load_state_dict(fitted.state_dict())
    assert_close(fresh(torch.tensor([[[8.0]]])), torch.tensor([[[2.0]]]))  # (8 - 4) / 2
