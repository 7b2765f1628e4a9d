"""Where tensors live."""

from typing import Literal

import torch

from lib.errors import InputError


def pick_device(wanted: Literal["auto", "cpu", "cuda"]) -> torch.device:
    """The device for `runtime.device`; InputError where it is not there."""
    if wanted == "cuda" and not torch.cuda.is_available():
        raise InputError("runtime.device: cuda was asked for, but no GPU is there; set auto or cpu")
    if wanted == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return torch.device(wanted)
