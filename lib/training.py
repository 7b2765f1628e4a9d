"""One training loop for every network: Hugging Face's Trainer, made reproducible."""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import torch
from torch import nn
from tqdm import tqdm
from transformers import (
    EarlyStoppingCallback,
    PreTrainedModel,
    PrinterCallback,
    ProgressCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)
from transformers.trainer_utils import get_last_checkpoint

DECAYS = {"linear": "linear", "cosine": "cosine", "constant": "constant_with_warmup"}


class Items(Protocol):
    """A data set with a length; an empty one for validation means that there is none."""

    def __len__(self) -> int: ...

    def __getitem__(self, item: int, /) -> Any: ...


@dataclass(frozen=True)
class Schedule:
    """How a network is trained; the field names are those of params.yaml."""

    epochs: int
    batch_size: int  # items a step; what an item is, the data set says
    accumulate_steps: int  # steps whose gradients are added up before the weights move
    learning_rate: float
    decay: str  # "linear", "cosine" or "constant", after the warm-up
    warmup_share: float  # of all steps
    weight_decay: float
    max_grad_norm: float
    bf16: bool
    patience: int | None  # early stopping: points of the curve without a better validation loss
    curve_points: int  # how often train and validation loss are written down
    seed: int


class QuietProgress(TrainerCallback):
    """One progress bar over all steps, the latest losses beside it."""

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.bar = tqdm(total=state.max_steps, initial=state.global_step, unit="step", desc="train")

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.bar.update(state.global_step - self.bar.n)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        names = {"loss": "train", "eval_loss": "validation"}
        found = {name: f"{float(logs[key]):.3f}" for key, name in names.items() if key in logs}
        if found:
            self.bar.set_postfix(found)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.bar.close()


def training_arguments(
    schedule: Schedule, n_items: int, validated: bool, device: torch.device, scratch: Path
) -> TrainingArguments:
    """The Trainer's own settings for `n_items` training items."""
    steps_per_epoch = math.ceil(
        math.ceil(n_items / schedule.batch_size) / schedule.accumulate_steps
    )
    n_steps = steps_per_epoch * schedule.epochs
    every = max(1, n_steps // schedule.curve_points)
    return TrainingArguments(
        output_dir=str(scratch),
        num_train_epochs=schedule.epochs,
        per_device_train_batch_size=schedule.batch_size,
        per_device_eval_batch_size=schedule.batch_size,
        gradient_accumulation_steps=schedule.accumulate_steps,
        learning_rate=schedule.learning_rate,
        lr_scheduler_type=DECAYS[schedule.decay],
        warmup_steps=round(schedule.warmup_share * n_steps),
        weight_decay=schedule.weight_decay,
        max_grad_norm=schedule.max_grad_norm,
        optim="adamw_torch_fused",
        bf16=schedule.bf16,
        seed=schedule.seed,
        data_seed=schedule.seed,
        logging_strategy="steps",
        logging_steps=every,
        eval_strategy="steps" if validated else "no",
        eval_steps=every,
        save_strategy="steps",
        save_steps=every,
        save_total_limit=1,
        restore_callback_states_from_checkpoint=True,
        load_best_model_at_end=schedule.patience is not None,
        metric_for_best_model="loss",
        use_cpu=device.type == "cpu",
        dataloader_pin_memory=device.type == "cuda",
        remove_unused_columns=False,
        label_names=["labels"],
        prediction_loss_only=True,
        report_to="none",
    )


def fit(
    model: PreTrainedModel | nn.Module,
    train: Items,
    validation: Items,
    collate: Callable[[Sequence[Any]], dict[str, torch.Tensor]],
    schedule: Schedule,
    device: torch.device,
    scratch: Path,
) -> pd.DataFrame:
    """Train `model` in place, on `device`; give its loss curve: step, curve, loss.

    Checkpoints lie in `scratch`, and a run that was broken off goes on from the last of them.
    Whoever calls names `scratch` after the parameters and inputs, so that a changed parameter
    never continues an old checkpoint.
    """
    torch.manual_seed(schedule.seed)
    if device.type == "cuda":  # on a processor the kernels in use are deterministic anyway
        torch.use_deterministic_algorithms(True, warn_only=True)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    callbacks: list[TrainerCallback] = [QuietProgress()]
    if schedule.patience is not None:
        callbacks.append(EarlyStoppingCallback(schedule.patience))
    trainer = Trainer(
        model=model,
        args=training_arguments(schedule, len(train), len(validation) > 0, device, scratch),
        train_dataset=train,
        eval_dataset=validation if len(validation) else None,
        data_collator=collate,
        callbacks=callbacks,
    )
    # these networks take no token count: their loss is a mean, which the Trainer must divide
    trainer.model_accepts_loss_kwargs = False
    trainer.remove_callback(ProgressCallback)
    trainer.remove_callback(PrinterCallback)
    checkpoint = get_last_checkpoint(str(scratch)) if scratch.is_dir() else None
    trainer.train(resume_from_checkpoint=checkpoint)
    model.eval()
    return curve(trainer.state.log_history)


def curve(log: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The Trainer's log as rows of step, curve ("train" or "validation") and loss."""
    names = {"loss": "train", "eval_loss": "validation"}
    rows = [
        {"step": int(entry["step"]), "curve": names[key], "loss": round(float(entry[key]), 4)}
        for entry in log
        for key in names
        if key in entry
    ]
    return pd.DataFrame(rows, columns=["step", "curve", "loss"])


def write_curve(table: pd.DataFrame, path: Path) -> None:
    """The curve as CSV, which `dvc plots` draws."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False)
