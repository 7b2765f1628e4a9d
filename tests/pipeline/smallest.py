"""The pipeline at its smallest size: a copy of the repository whose params.yaml asks for little."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDERS = (".dvc", "lib", "stages")
FILES = (".dvcignore", "dvc.yaml", "params.yaml")
TINY = {"epochs": 1, "curve_points": 1, "bf16": False}
NETWORKS = {
    "causal": {
        "model_type": "llama",
        "vocab_size": 600,
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "max_position_embeddings": 512,
    },
    "seq2seq": {
        "model_type": "bart",
        "vocab_size": 600,
        "d_model": 16,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32,
        "max_position_embeddings": 512,
    },
}


def story_model(params: dict[str, Any], family: str) -> dict[str, Any]:
    """A story model from scratch that trains for seconds."""
    bart = params["story_models"]["bart"]
    return {
        **bart,
        "family": family,
        "network": NETWORKS[family],
        "max_tokens": 64,
        "train": {**bart["train"], **TINY},
    }


def shrink(params: dict[str, Any]) -> dict[str, Any]:
    """The sample's params with the same keys, few entries and small numbers."""
    params["worlds"]["picturebook"] |= {"n_train_images": 60, "n_test_images": 12, "size_px": 64}
    del params["weights"]["smollm2"]
    for encoder in params["encoders"].values():
        encoder["images_per_shard"] = 25
    clip = params["tuned_clips"]["lite0"]
    clip |= {"size_px": 64, "embed_dim": 16, "train": {**clip["train"], **TINY}}
    captioners = params["captioners"]
    params["captioners"] = {name: captioners[name] for name in ("prefix", "neural")}
    for captioner in params["captioners"].values():
        captioner["train"] |= TINY
    params["story_models"] = {
        "llama": story_model(params, "causal"),
        "bart": story_model(params, "seq2seq"),
    }
    params["triples"]["n_triples"] = 2
    params["expander"] |= {"story_model": "base/llama", "style": "plain"}
    params["expander"]["decode"] |= {"max_new_tokens": 12}
    params["storyteller"]["decode"] |= {"min_new_tokens": 8, "max_new_tokens": 16}
    system = {"captioner": "prefix", "expander": True, "prompt": "{captions} {expansion}"}
    params["systems"] = {
        "final": {**system, "story_model": "tuned/llama"},
        "final_bart": {**system, "story_model": "tuned/bart", "captioner": "neural"},
    }
    params["systems"]["final_bart"] |= {"expander": False, "prompt": "{captions}"}
    params["scoring"]["retrieval"]["n_images"] = 12
    params["scoring"]["bootstrap"]["n_resamples"] = 10
    return params


def copy_repository(folder: Path) -> Path:
    """What a clone would hold, with the smallest params; no cache, no outputs."""
    folder.mkdir(exist_ok=True)
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__", "cache", "tmp", "config.local")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copytree(ROOT / "data" / "stories", folder / "data" / "stories")
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    run(folder, "git", "init", "--quiet")
    write_params(folder, shrink(read_params(folder)))
    return folder


def read_params(folder: Path) -> dict[str, Any]:
    params: dict[str, Any] = yaml.safe_load((folder / "params.yaml").read_text())
    return params


def write_params(folder: Path, params: dict[str, Any]) -> None:
    (folder / "params.yaml").write_text(yaml.safe_dump(params, sort_keys=False))


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in `folder`, hubs and proxies out of reach."""
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def repro(folder: Path) -> set[str]:
    """`dvc repro`; the names of the stages that ran. An error fails the test with what was said."""
    done = run(folder, "dvc", "repro")
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return set(re.findall(r"^Running stage '(.+)':", done.stdout, re.MULTILINE))
