"""The DAG tells DVC the truth: what code each stage runs, what values it reads, what it writes."""

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pipeline.closure import ROOT, closure, imported_names, libraries

DAG = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
# name -> definition: what stands under `do` where a stage is one of many
STAGES = {name: spec.get("do", spec) for name, spec in DAG.items()}
SCRIPTS = {path.stem: path for path in (ROOT / "stages").glob("[!_]*.py")}
TENSORFLOW = {"keras", "tensorflow"}
TORCH = {"accelerate", "open_clip", "peft", "timm", "torch", "torchvision", "transformers"}

each_stage = pytest.mark.parametrize("name", STAGES)


def listed(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def code_deps(spec: dict[str, Any]) -> set[str]:
    """The files of stages/ and lib/ among the deps; a folder stands for its modules."""
    deps = {Path(dep) for dep in spec["deps"] if dep.startswith(("stages/", "lib/"))}
    folders = {dep for dep in deps if (ROOT / dep).is_dir()}
    modules = {path for folder in folders for path in (ROOT / folder).rglob("[!_]*.py")}
    return {str(dep) for dep in deps - folders} | {str(path.relative_to(ROOT)) for path in modules}


def writes(spec: dict[str, Any]) -> dict[str, bool]:
    """Each out, metric and plot: True where DVC's cache holds it, False where Git does."""
    written = [item for kind in ("outs", "metrics", "plots") for item in spec.get(kind, [])]
    described = [{item: {}} if isinstance(item, str) else item for item in written]
    return {path: how.get("cache", True) for item in described for path, how in item.items()}


def related(one: str, other: str) -> bool:
    """Is one of two dotted keys the other one, or a group that holds it?"""
    return all(a == b for a, b in zip(one.split("."), other.split("."), strict=False))


def keys_read(path: Path) -> set[str]:
    """`params.a.b[c].d` in a script reads a.b."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    attributes = (ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute))
    return {found[1] for text in attributes if (found := re.match(r"params\.([\w.]+)", text))}


def imports_a_trainer(name: str) -> bool:
    files = [ROOT / file for file in closure(SCRIPTS[name]) if file.endswith(".py")]
    return any(imported.endswith("Trainer") for file in files for imported in imported_names(file))


def all_keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from all_keys(inner)


# ── what a stage reads ────────────────────────────────────────────────────────────────────────────


def test_every_file_in_stages_is_a_stage_and_every_stage_a_file() -> None:
    without, unwritten = set(SCRIPTS) - set(STAGES), set(STAGES) - set(SCRIPTS)
    assert not without, f"add to dvc.yaml, or remove from stages/: {listed(without)}"
    assert not unwritten, f"write stages/NAME.py, or remove from dvc.yaml: {listed(unwritten)}"


@each_stage
def test_a_stage_runs_the_script_of_its_name(name: str) -> None:
    key = " ${key}" if "foreach" in DAG[name] else ""
    wanted = f"python -m stages.{name} ${{params}}{key}"
    assert STAGES[name]["cmd"] == wanted, f"dvc.yaml: {name}: write cmd: {wanted}"


@each_stage
def test_code_deps_are_the_import_closure(name: str) -> None:
    wanted, found = closure(SCRIPTS[name]), code_deps(STAGES[name])
    missing, extra = listed(wanted - found), listed(found - wanted)
    assert found == wanted, f"dvc.yaml: deps of {name}: add {missing}; remove {extra}"


@each_stage
def test_tensorflow_and_pytorch_never_meet_in_one_process(name: str) -> None:
    used = libraries(SCRIPTS[name])
    meet = used & TENSORFLOW and used & TORCH
    assert not meet, (
        f"stages/{name}.py: the process would abort; split the stage, for its imports bring in "
        f"both {listed(used & TENSORFLOW)} and {listed(used & TORCH)}"
    )


def test_only_the_grid_encoder_imports_tensorflow() -> None:
    tops = {
        str(path.relative_to(ROOT)): {name.split(".")[0] for name in imported_names(path)}
        for path in [*(ROOT / "lib").rglob("*.py"), *SCRIPTS.values()]
    }
    users = {file for file, top in tops.items() if top & TENSORFLOW}
    assert users == {"lib/encoders/grid.py"}, (
        f"tensorflow or keras is imported by {listed(users)}: move it to lib/encoders/grid.py"
    )


@each_stage
def test_a_stage_tracks_every_group_of_values_that_its_script_reads(name: str) -> None:
    groups = STAGES[name].get("params", [])
    tracked = {key for group in groups for keys in group.values() for key in keys} | {"runtime"}
    read = keys_read(SCRIPTS[name])
    free = {key for key in read if not any(related(key, claim) for claim in tracked)}
    assert not free, f"dvc.yaml: params of {name}: add what its script reads: {listed(free)}"


# ── outs ──────────────────────────────────────────────────────────────────────────────────────────


@each_stage
def test_an_expensive_stage_leaves_all_that_it_makes_in_the_cache(name: str) -> None:
    written = writes(STAGES[name])
    expensive = libraries(SCRIPTS[name]) & (TENSORFLOW | TORCH) and any(written.values())
    in_git = {path for path, cached in written.items() if not cached}
    assert not (expensive and in_git), (
        f"dvc.yaml: {name}: the run cache leaves out stages with `cache: false`, so a teammate "
        f"would run it anew: let a cheap stage after it write {listed(in_git)}"
    )


def test_no_stage_that_trains_writes_metrics_into_git() -> None:
    training = {name for name in STAGES if imports_a_trainer(name)}
    into_git = {name for name, spec in STAGES.items() if not all(writes(spec).values())}
    assert training, "no stage imports a Trainer: this test looks in the wrong place"
    both = listed(training & into_git)
    assert not training & into_git, f"dvc.yaml: write the metrics of {both} in a stage of their own"


@each_stage
def test_nothing_outlives_a_run_evades_sharing_or_always_runs(name: str) -> None:
    found = {"persist", "push", "always_changed"} & set(all_keys(STAGES[name]))
    assert not found, f"dvc.yaml: {name}: remove {listed(found)}"


# ── the tree ──────────────────────────────────────────────────────────────────────────────────────


def test_git_ignores_all_data_but_the_stories() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if "data" in line]
    wanted = ["/data/*/", "!/data/stories/"]
    assert rules == wanted, f".gitignore: write {wanted} in this order, found {rules}"


def test_dvc_looks_past_compiled_python() -> None:
    lines = (ROOT / ".dvcignore").read_text(encoding="utf-8").splitlines()
    assert "__pycache__" in lines, ".dvcignore: add __pycache__: a folder dep would always differ"


def test_dvc_reports_to_nobody() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".dvc" / "config")
    for key in ("analytics", "check_update"):
        value = config.get("core", key, fallback="true")
        assert value == "false", f"run: dvc config core.{key} false (found {value})"


def test_no_code_spells_a_path() -> None:
    files = {*(ROOT / "lib").rglob("*.py"), *SCRIPTS.values()} - {ROOT / "lib" / "paths.py"}
    spelt = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value!r:.60}"
        for path in sorted(files)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"(data|metrics)/|[/~]/?\w", node.value)
    ]
    assert not spelt, f"take it from lib/paths.py or as an argument: {'; '.join(spelt)}"
