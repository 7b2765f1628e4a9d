"""The one training loop: repeatable, resumable, and true about its losses."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import torch
from torch import Tensor, nn

from lib.captioners.examples import CaptionedImages, collate_neural, collate_prefix
from lib.stories.examples import Stories, Tokens
from lib.stories.examples import collate as collate_stories
from lib.training import Schedule, curve, fit, write_curve
from tests.unit.captioners import networks as captioners
from tests.unit.stories import networks as stories

CPU = torch.device("cpu")
SCHEDULE = Schedule(
    epochs=2,
    batch_size=2,
    accumulate_steps=1,
    learning_rate=0.05,
    decay="linear",
    warmup_share=0.0,
    weight_decay=0.01,
    max_grad_norm=1.0,
    bf16=False,
    patience=None,
    curve_points=4,
    seed=3,
)
POINTS = [(torch.tensor([float(i), 1.0]), 2.0 * i - 3.0) for i in range(8)]
Batch = dict[str, Tensor]


class Line(nn.Module):
    """A regression with dropout, so that the order of random numbers matters too."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 1, bias=False)
        nn.init.zeros_(self.linear.weight)
        self.dropout = nn.Dropout(0.3)

    def forward(self, x: Tensor, labels: Tensor) -> Batch:
        return {"loss": nn.functional.mse_loss(self.linear(self.dropout(x))[:, 0], labels)}


def batch_points(items: Any) -> Batch:
    return {
        "x": torch.stack([x for x, _ in items]),
        "labels": torch.tensor([y for _, y in items]),
    }


class PowerCut(Exception):
    """What ends a run in the middle."""


class BreaksOff(list[Any]):
    """Items of which only so many can be read."""

    def __init__(self, items: list[Any], n_reads: int) -> None:
        super().__init__(items)
        self.n_reads = n_reads

    def __getitem__(self, item: Any) -> Any:
        if self.n_reads == 0:
            raise PowerCut
        self.n_reads -= 1
        return super().__getitem__(item)


def train(
    scratch: Path, schedule: Schedule = SCHEDULE, items: list[Any] = POINTS
) -> tuple[Line, pd.DataFrame]:
    model = Line()
    return model, fit(model, items, POINTS[:3], batch_points, schedule, CPU, scratch)


def weights(model: nn.Module) -> list[float]:
    return [float(w) for p in model.state_dict().values() for w in p.flatten()]


def losses(table: pd.DataFrame, name: str) -> list[float]:
    return table.loc[table["curve"] == name, "loss"].tolist()


def test_two_runs_give_the_same_weights_and_curve(tmp_path: Path) -> None:
    (one, first), (two, second) = train(tmp_path / "a"), train(tmp_path / "b")
    assert weights(one) == weights(two)
    assert any(weights(one))
    pd.testing.assert_frame_equal(first, second)


def test_another_seed_gives_other_weights(tmp_path: Path) -> None:
    one, _ = train(tmp_path / "a")
    two, _ = train(tmp_path / "b", replace(SCHEDULE, seed=4))
    assert weights(one) != weights(two)


def test_a_trained_network_is_left_in_eval_mode(tmp_path: Path) -> None:
    model, _ = train(tmp_path)
    assert not model.training


# Of 16 reads, 8 an epoch; a batch of two is read ahead; there is a checkpoint every two steps.
@pytest.mark.parametrize(("n_reads", "n_left"), [(6, 12), (11, 8), (15, 4)])
def test_a_run_that_was_broken_off_ends_at_the_same_weights(
    n_reads: int, n_left: int, tmp_path: Path
) -> None:
    undisturbed, whole = train(tmp_path / "whole")
    with pytest.raises(PowerCut):
        train(tmp_path / "broken", items=BreaksOff(POINTS, n_reads))
    assert list((tmp_path / "broken").glob("checkpoint-*"))
    # what was learnt is not read again
    model, resumed = train(tmp_path / "broken", items=BreaksOff(POINTS, n_left))
    assert weights(model) == weights(undisturbed)
    pd.testing.assert_frame_equal(resumed, whole)


def test_the_curve_has_both_losses_at_each_point(tmp_path: Path) -> None:
    _, table = train(tmp_path)  # 8 points in batches of 2, twice: 8 steps, a point every 2
    assert list(table.columns) == ["step", "curve", "loss"]
    for name in ("train", "validation"):
        assert table.loc[table["curve"] == name, "step"].tolist() == [2, 4, 6, 8]
    assert losses(table, "validation")[-1] < losses(table, "validation")[0]


def test_without_validation_items_there_is_no_validation_curve(tmp_path: Path) -> None:
    table = fit(Line(), POINTS, [], batch_points, SCHEDULE, CPU, tmp_path)
    assert set(table["curve"]) == {"train"}


def test_a_log_becomes_rows_of_step_curve_and_loss() -> None:
    log = [
        {"step": 2, "loss": 1.23456, "learning_rate": 0.1},
        {"step": 2, "eval_loss": 2.5, "eval_runtime": 0.01},
        {"step": 2, "train_runtime": 1.0, "train_loss": 9.0},
    ]
    assert curve(log).to_dict("records") == [
        {"step": 2, "curve": "train", "loss": 1.2346},
        {"step": 2, "curve": "validation", "loss": 2.5},
    ]


def test_a_curve_is_written_as_csv(tmp_path: Path) -> None:
    rows = [[2, "train", 1.5], [2, "validation", 2.0]]
    table = pd.DataFrame(rows, columns=["step", "curve", "loss"])
    write_curve(table, tmp_path / "curves" / "x.csv")
    text = (tmp_path / "curves" / "x.csv").read_text()
    assert text == "step,curve,loss\n2,train,1.5\n2,validation,2.0\n"


IMPATIENT = replace(SCHEDULE, epochs=20, curve_points=80, patience=3, learning_rate=2.0)


def test_patience_stops_a_run_that_gets_no_better_and_keeps_its_best(tmp_path: Path) -> None:
    model, table = train(tmp_path, IMPATIENT)
    found = losses(table, "validation")
    best = found.index(min(found))
    assert len(found) == best + 1 + 3 < 80  # a point each step
    with torch.no_grad():
        inputs, labels = batch_points(POINTS[:3]).values()
        loss = float(model(inputs, labels)["loss"])
    assert loss == pytest.approx(min(found), rel=1e-3)


def test_patience_outlives_a_run_that_was_broken_off(tmp_path: Path) -> None:
    undisturbed, whole = train(tmp_path / "whole", IMPATIENT)
    n_steps = int(whole["step"].max())
    # the last step cannot be read, so at least one of three points in vain is missing
    broken = BreaksOff(POINTS, 2 * (n_steps - 1))
    with pytest.raises(PowerCut):
        train(tmp_path / "broken", IMPATIENT, broken)
    model, resumed = train(tmp_path / "broken", IMPATIENT)
    pd.testing.assert_frame_equal(resumed, whole)
    assert weights(model) == weights(undisturbed)


@pytest.mark.parametrize(
    ("decay", "rates"),
    [  # of 8 steps, two warm up
        ("constant", [0, 1 / 2, 1, 1, 1, 1, 1, 1]),
        ("linear", [0, 1 / 2, 1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6]),
    ],
)
def test_the_learning_rate_warms_up_and_decays(
    decay: str, rates: list[float], tmp_path: Path
) -> None:
    schedule = replace(SCHEDULE, decay=decay, warmup_share=0.25, curve_points=8)
    fit(Line(), POINTS, [], batch_points, schedule, CPU, tmp_path)
    (checkpoint,) = tmp_path.glob("checkpoint-*")
    log = json.loads((checkpoint / "trainer_state.json").read_text())["log_history"]
    found = [entry["learning_rate"] for entry in log if "learning_rate" in entry]
    assert found == pytest.approx([0.05 * rate for rate in rates])


def caption_items(kind: str) -> tuple[nn.Module, Any, Callable[[Any], Batch]]:
    """Four images with one caption of three tokens each."""
    n_tokens = 2 if kind == "neural" else 1
    features = captioners.images(4, n_tokens).numpy()
    rows = [(i, [[4 + i, 5 + i, captioners.END]]) for i in range(4)]
    items = CaptionedImages(features, rows, captions_per_item=1)
    if kind == "neural":
        changes = {f"dropout_{part}": 0.0 for part in ("attention", "feed_forward", "output")}
        start = partial(collate_neural, start_id=captioners.START)
        return captioners.neural(**changes), items, start
    return captioners.prefix(freeze_language_model=True), items, collate_prefix


def story_items(kind: str) -> tuple[nn.Module, Any, Callable[[Any], Batch]]:
    """Four prompts of two tokens with stories of three."""
    found = stories.story_model(kind)
    items = Stories([Tokens([10 + i, 11], [20 + i, 21, 2]) for i in range(4)])
    batches = partial(collate_stories, family=found.family, loss_on="story", pad_id=0)
    return found.model, items, batches


@pytest.mark.parametrize("kind", ["prefix", "neural", "gpt2", "bart", "t5"])
def test_two_small_steps_added_up_are_one_large_step(kind: str, tmp_path: Path) -> None:
    def run(batch_size: int, accumulate_steps: int) -> tuple[list[float], list[float]]:
        build = caption_items if kind in ("prefix", "neural") else story_items
        model, items, batches = build(kind)
        schedule = replace(
            SCHEDULE,
            batch_size=batch_size,
            accumulate_steps=accumulate_steps,
            learning_rate=1e-3,
            curve_points=2,
        )
        place = tmp_path / f"{batch_size}x{accumulate_steps}"
        table = fit(model, items, items, batches, schedule, CPU, place)
        return losses(table, "train"), losses(table, "validation")

    large, small = run(4, 1), run(2, 2)
    assert small[0] == pytest.approx(large[0], rel=1e-3)
    assert small[1] == pytest.approx(large[1], rel=1e-3)
