"""Each profile fits the DAG: all its values are tracked, its outs are what lib/paths.py names."""

import inspect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from dvc.dependency import ParamsDependency
from dvc.repo import Repo
from dvc.stage import PipelineStage

from lib.params import Params, load_params
from lib.paths import Paths
from tests.pipeline.closure import ROOT

PROFILES = {"params.yaml": "dvc.yaml", "full/params.yaml": "full/dvc.yaml"}
SAY_WHICH = {"root", "params", "run"}  # the profile's own place and name; no result depends on it

each_profile = pytest.mark.parametrize("profile", PROFILES)


def listed(names: set[str] | set[Path]) -> str:
    return ", ".join(sorted(map(str, names)))


def values_of(profile: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((ROOT / profile).read_text(encoding="utf-8"))
    return values


@cache
def stages(profile: str) -> list[PipelineStage]:
    """All stages of a profile as DVC itself resolves them."""
    with Repo(str(ROOT)) as repo:
        return list(repo.stage.load_file(str(ROOT / PROFILES[profile])))


def claims(profile: str) -> list[tuple[str, str]]:
    """(params file, key) of everything that a stage of the profile tracks."""
    deps = [dep for stage in stages(profile) for dep in stage.deps]
    tracked = [dep for dep in deps if isinstance(dep, ParamsDependency)]
    return [(dep.def_path, key) for dep in tracked for key in dep.params]


def leaves(values: dict[str, Any], group: str = "") -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{group}{key}.")
        else:
            yield f"{group}{key}"


def holds(claim: str, key: str) -> bool:
    return f"{key}.".startswith(f"{claim}.")


def exists(key: str, values: Any) -> bool:
    first, _, rest = key.partition(".")
    found = isinstance(values, dict) and first in values
    return found and (not rest or exists(rest, values[first]))


@each_profile
def test_every_value_is_tracked_by_a_stage(profile: str) -> None:
    tracked = {key for _, key in claims(profile)} | SAY_WHICH | {"runtime"}
    keys = leaves(values_of(profile))
    free = {key for key in keys if not any(holds(claim, key) for claim in tracked)}
    assert not free, f"dvc.yaml: no stage has among its params what {profile} sets: {listed(free)}"


@each_profile
def test_every_tracked_key_exists(profile: str) -> None:
    values = values_of(profile)
    unknown = {key for _, key in claims(profile) if not exists(key, values)}
    assert not unknown, f"dvc.yaml: correct the params: {profile} has no {listed(unknown)}"


@each_profile
def test_a_profile_tracks_its_own_values(profile: str) -> None:
    files = {file for file, _ in claims(profile)}
    assert files == {profile}, f"{profile}: write params: {profile} (found {listed(files)})"


def arguments(params: Params) -> dict[str, Sequence[tuple[str, ...]]]:
    """Method of Paths -> all arguments that it takes under a profile."""
    captioned = list(product(["train_captions", "test_captions"]))
    prepared = [*captioned, ("stories",)]
    captioners = list(product(params.captioners))
    story_models = list(product(params.story_models))
    systems = list(product(params.systems))
    tuned_clips = list(product(params.tuned_clips))
    curves = {"clip": tuned_clips, "captioners": captioners, "stories": story_models}
    return {
        "raw": list(product([*params.worlds, *params.archives])),
        "weights": list(product(params.weights)),
        "prepared": prepared,
        "images": captioned,
        "captions": captioned,
        "skipped": prepared,
        "clip": [(params.encoders.clip.checkpoint,)],
        "tuned_clip": tuned_clips,
        "features": [(encoder, *dataset) for encoder in ("grid", "clip") for dataset in captioned],
        "captioner": captioners,
        "story_model": [(f"{way}/{key}",) for way in ("base", "tuned") for (key,) in story_models],
        "curve": [(kind, key) for kind, keys in curves.items() for (key,) in keys],
        "predicted_captions": captioners,
        "likelihoods": story_models,
        "expansions": systems,
        "told_stories": systems,
        "story_details": systems,
        "caption_scores": captioners,
        "caption_intervals": captioners,
        "perplexity_scores": story_models,
        "perplexity_intervals": story_models,
        "story_scores": systems,
        "story_intervals": systems,
    }


def named(params: Params) -> set[Path]:
    """All that lib/paths.py names under a profile, but for the two roots of everything."""
    paths = Paths(params.run)
    members = vars(Paths).items()
    fixed = {getattr(paths, name) for name, member in members if isinstance(member, property)}
    calls = [(getattr(paths, name), each) for name, each in arguments(params).items()]
    by_key = {path(*given) for path, each in calls for given in each}
    return (fixed | by_key) - {paths.data, paths.metrics}


def outs(profile: str) -> set[Path]:
    made = [out for stage in stages(profile) for out in stage.outs]
    return {Path(out.fs_path).relative_to(ROOT) for out in made}


def test_the_arguments_above_are_those_of_the_methods_of_paths() -> None:
    functions = [name for name, member in vars(Paths).items() if inspect.isfunction(member)]
    methods = {name for name in functions if not name.startswith("_")}
    calls = set(arguments(load_params(ROOT / "params.yaml")))
    assert calls == methods, f"add to arguments() or remove from it: {listed(calls ^ methods)}"


@each_profile
def test_every_out_is_a_path_of_lib_paths(profile: str) -> None:
    unnamed = outs(profile) - named(load_params(ROOT / profile))
    assert not unnamed, f"dvc.yaml writes what lib/paths.py does not name: {listed(unnamed)}"


@each_profile
def test_every_path_of_lib_paths_is_an_out_or_inside_one(profile: str) -> None:
    paths, made = named(load_params(ROOT / profile)), outs(profile)
    unmade = {path for path in paths if not made & {path, *path.parents}}
    assert not unmade, f"lib/paths.py names what no stage of dvc.yaml writes: {listed(unmade)}"


def test_the_full_profile_has_the_same_dag() -> None:
    sample, full = ((ROOT / dag).read_bytes() for dag in PROFILES.values())
    assert full == sample, "run: cp dvc.yaml full/dvc.yaml"


def test_the_full_profile_fills_folders_of_its_own() -> None:
    sample, full = (load_params(ROOT / profile) for profile in PROFILES)
    assert full.run != sample.run, f"full/params.yaml: write another run than {sample.run}"
