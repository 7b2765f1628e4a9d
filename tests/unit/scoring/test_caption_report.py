"""All caption scores of one captioner."""

import pandas as pd

from lib.scoring.bootstrap import Interval
from lib.scoring.caption_report import report_captions

REFERENCES = {"a": ["A boy is running on the beach."], "b": ["A dog runs in the park."]}
PREDICTIONS = {"a": "a boy is running on the beach", "b": "a cat sleeps"}
FACTS = ["place", "subject", "action", "second_thing", "colour"]


def report(facts: list[tuple[str | None, ...]]) -> dict[str, Interval | float]:
    images = pd.DataFrame(facts, columns=FACTS, index=["a", "b"])
    images = images.rename_axis("image_id").reset_index()
    return report_captions(
        REFERENCES, PREDICTIONS, ["A cat sleeps."], images, n_resamples=20, seed=0
    )


def test_facts_are_judged_where_a_renderer_knew_them() -> None:
    scores = report([("beach", "boy", "run", None, "red"), ("park", "dog", None, None, None)])
    subject, action = scores["subject_right"], scores["action_right"]
    assert isinstance(subject, Interval) and (subject.value, subject.n) == (0.5, 2)
    assert isinstance(action, Interval) and (action.value, action.n) == (1.0, 1)  # people only
    assert "colour_right" not in scores  # no caption speaks of a shirt


def test_photographs_have_no_facts() -> None:
    scores = report([(None,) * 5, (None,) * 5])
    assert not [name for name in scores if name.endswith("_right")]


def test_a_caption_seen_in_training_is_not_novel() -> None:
    scores = report([(None,) * 5, (None,) * 5])
    assert scores["share_novel"] == 0.5
    assert scores["n_images"] == 2
