"""How a stage starts and ends, what it goes on from, and what tells two contents apart."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from lib.commands import content_hash, entry, guarded, run, scratch
from lib.errors import InputError
from lib.params import Params
from lib.paths import Paths

SAMPLE = str(Path(__file__).parents[2] / "params.yaml")

Run = Callable[..., tuple[int, str, str]]  # (stage, *arguments) -> exit status, stdout, stderr


def tell_all(params: Params, paths: Paths) -> None:
    print(f"told all of {params.run} from {paths.data}")


def tell_one(params: Params, paths: Paths, key: str) -> None:
    entry(params.systems, key, "systems")
    print(f"told {key}")


def break_down(params: Params, paths: Paths) -> None:
    raise AssertionError("a mistake of the programmer's")


def read_nothing(params: Params, paths: Paths) -> None:
    Path("nowhere/images.parquet").read_bytes()


@pytest.fixture
def run_with(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def start(stage: Callable[..., None], *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["stage.py", *arguments])
        status = 0
        try:
            run(stage)
        except SystemExit as stop:
            status = int(stop.code or 0)
        return status, *capsys.readouterr()

    return start


def test_a_stage_gets_the_params_and_paths_of_the_file_that_it_is_given(run_with: Run) -> None:
    assert run_with(tell_all, SAMPLE) == (0, "told all of sample from data/sample\n", "")


def test_a_stage_for_one_entry_gets_its_key(run_with: Run) -> None:
    assert run_with(tell_one, SAMPLE, "final") == (0, "told final\n", "")


def test_bad_input_ends_in_one_line_and_status_1(run_with: Run) -> None:
    status, out, err = run_with(tell_one, SAMPLE, "finale")
    assert (status, out) == (1, "")
    assert err.startswith("error: systems: no entry 'finale'; there are baseline, final,")
    assert err.count("\n") == 1


def test_a_missing_params_file_ends_in_one_line_and_status_1(run_with: Run) -> None:
    status, out, err = run_with(tell_all, "parms.yaml")
    assert (status, out) == (1, "")
    assert err == "error: parms.yaml: no such file; name a profile such as params.yaml\n"


def test_a_missing_input_ends_in_one_line_that_names_it(
    run_with: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run_with(read_nothing, SAMPLE)
    assert (status, out) == (1, "")
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert "nowhere/images.parquet" in err


def test_a_mistake_in_the_code_keeps_its_traceback(run_with: Run) -> None:
    with pytest.raises(AssertionError, match="programmer"):
        run_with(break_down, SAMPLE)


@pytest.mark.parametrize(
    ("stage", "arguments", "usage"),
    [
        (tell_all, [], "PARAMS_FILE\n"),
        (tell_all, [SAMPLE, "final"], "PARAMS_FILE\n"),
        (tell_one, [], "PARAMS_FILE KEY\n"),
        (tell_one, [SAMPLE], "PARAMS_FILE KEY\n"),
        (tell_one, [SAMPLE, "final", "baseline"], "PARAMS_FILE KEY\n"),
    ],
)
def test_too_few_or_too_many_arguments_are_answered_with_the_usage(
    run_with: Run, stage: Callable[..., None], arguments: list[str], usage: str
) -> None:
    # a stage is called by its folder and file: this one stands in unit/test_commands.py
    expected = f"error: usage: python -m unit.test_commands {usage}"
    assert run_with(stage, *arguments) == (1, "", expected)


def test_a_command_that_is_no_stage_ends_on_bad_input_in_the_same_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def start() -> None:
        raise InputError("a.jpg: no such file")

    with pytest.raises(SystemExit) as stop:
        guarded(start)
    assert stop.value.code == 1
    assert capsys.readouterr() == ("", "error: a.jpg: no such file\n")


def test_an_entry_is_found_by_its_key() -> None:
    assert entry({"bart": 1, "t5": 2}, "t5", "story_models") == 2


def test_an_unknown_entry_names_its_group_and_the_entries_that_there_are() -> None:
    with pytest.raises(InputError) as error:
        entry({"bart": 1, "t5": 2}, "t6", "story_models")
    assert str(error.value) == "story_models: no entry 't6'; there are bart, t5"


def test_an_entry_of_an_empty_group_says_that_there_are_none() -> None:
    with pytest.raises(InputError) as error:
        entry({}, "lite0", "tuned_clips")
    assert str(error.value) == "tuned_clips: no entry 'lite0'; there are none"


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def interrupted(stage: str, *inputs: object) -> Path:
    """The folder that a stage leaves when it stops half-way, one file inside."""
    with suppress(KeyboardInterrupt), scratch(stage, *inputs) as folder:
        (folder / "checkpoint").write_text("half")
        raise KeyboardInterrupt
    return folder


@pytest.mark.usefixtures("_elsewhere")
def test_a_scratch_folder_goes_when_the_stage_succeeds() -> None:
    with scratch("train", 1) as folder:
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.usefixtures("_elsewhere")
def test_a_scratch_folder_outlives_a_failure_and_is_found_again() -> None:
    left = interrupted("train", "prefix", 1)
    with scratch("train", "prefix", 1) as found:
        assert found == left
        assert (found / "checkpoint").read_text() == "half"
    assert not left.exists()


@pytest.mark.usefixtures("_elsewhere")
@pytest.mark.parametrize(
    ("stage", "inputs"),
    [
        ("decode", ["prefix", 1]),
        ("train", ["prefix", 2]),
        ("train", ["neural", 1]),
        ("train", [1, "prefix"]),
        ("train", ["prefix", 1, None]),
        ("train", ["prefix, 1"]),
    ],
)
def test_another_stage_or_input_never_goes_on_from_it(stage: str, inputs: list[object]) -> None:
    left = interrupted("train", "prefix", 1)
    with scratch(stage, *inputs) as folder:
        assert folder != left
        assert not list(folder.iterdir())
    assert left.exists()


def folder_of(place: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    return place


FILES = {"a.txt": "one", "b/c.txt": "two"}


def test_the_same_content_elsewhere_has_the_same_hash(tmp_path: Path) -> None:
    here = folder_of(tmp_path / "here" / "model", FILES)
    there = folder_of(tmp_path / "there" / "model", dict(reversed(FILES.items())))
    assert content_hash(here) == content_hash(there)


@pytest.mark.parametrize(
    "files",
    [
        {"a.txt": "One", "b/c.txt": "two"},
        {"a.txt": "two", "b/c.txt": "one"},
        {"a.txt": "one", "b/d.txt": "two"},
        {"a.txt": "one", "c.txt": "two"},
        {"a.txt": "one"},
        {"a.txt": "one", "b/c.txt": "two", "b/d.txt": ""},
    ],
)
def test_another_content_or_file_name_has_another_hash(
    tmp_path: Path, files: dict[str, str]
) -> None:
    here = folder_of(tmp_path / "here" / "model", FILES)
    there = folder_of(tmp_path / "there" / "model", files)
    assert content_hash(here) != content_hash(there)


def test_a_file_hashes_by_content_and_name(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a": "one", "b": "one", "elsewhere/a": "one", "other/a": "two"})
    hashed = content_hash(tmp_path / "a")
    assert hashed == content_hash(tmp_path / "elsewhere" / "a")
    assert hashed != content_hash(tmp_path / "b")
    assert hashed != content_hash(tmp_path / "other" / "a")


def test_several_places_hash_as_one(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a": "one", "b": "two"})
    both = content_hash(tmp_path / "a", tmp_path / "b")
    assert both not in {content_hash(tmp_path / "a"), content_hash(tmp_path / "b")}
