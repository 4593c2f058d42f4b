"""The program that measures suites on a cluster: its report, and its errors."""

import pathlib

import pytest

from e2e.remote import measure
from e2e.remote.measured_runs import Run, differences, format_runs
from e2e.support.nested_bazel import Bazel, Invocation

_LOCAL = Run(
    1.25, {"//a:x": ("PASSED", {"a.x::test_1": "passed", "a.x::test_2": "skipped"})}, "2 processes: 2 internal."
)


def test_report() -> None:
    """A line for the suite, and one for each run."""
    runs = {"local": _LOCAL, "remote, cold": _LOCAL._replace(seconds=10.0)}
    assert format_runs("own", runs).splitlines() == [
        "own: 1 targets, 2 tests",
        "  local              1.2 s  2 processes: 2 internal.",
        "  remote, cold      10.0 s  2 processes: 2 internal.",
    ]
    assert list(differences(runs)) == []


def test_differences() -> None:
    """Each target and each test that ended otherwise, or was not run, has a line."""
    other = {"//a:x": ("FAILED", {"a.x::test_1": "failure", "a.x::test_3": "passed"}), "//a:y": ("PASSED", {})}
    assert list(differences({"local": _LOCAL, "cold": _LOCAL._replace(outcomes=other)})) == [
        "  local and cold: //a:x: PASSED, FAILED",
        "  local and cold: //a:x: a.x::test_1: passed, failure",
        "  local and cold: //a:x: a.x::test_2: skipped, not run",
        "  local and cold: //a:x: a.x::test_3: not run, passed",
        "  local and cold: //a:y: not run, PASSED",
    ]


def test_unknown_suite(capsys: pytest.CaptureFixture[str]) -> None:
    """The error names the suite, and those that there are."""
    with pytest.raises(SystemExit) as caught:
        measure.main(["pluggy", "plugy"])
    assert caught.value.code == 2
    expected = "measure: error: no such suites: plugy; expected some of own, pluggy, pytest, trivial50, trivial100"
    assert capsys.readouterr().err.splitlines()[-1] == expected


def test_not_by_bazel_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a source tree, the error says how to start the program."""
    monkeypatch.delenv("BUILD_WORKSPACE_DIRECTORY", raising=False)
    with pytest.raises(SystemExit) as caught:
        measure.main([])
    assert caught.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "measure: error: BUILD_WORKSPACE_DIRECTORY is not set: start this with `./bazelw run //e2e/remote:measure`"
    )


def test_missing_programs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On a machine that cannot have a cluster, the error says what is missing."""
    monkeypatch.setenv("BUILD_WORKSPACE_DIRECTORY", "/nowhere")
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("programs")))
    assert measure.main(["pluggy"]) == 1
    assert capsys.readouterr().err.startswith("measure: pluggy: a cluster needs bash, ")


@pytest.mark.parametrize(
    ("built", "error"),
    [
        (Invocation(7, "no such package"), "Bazel ended with exit code 7:\nno such package"),
        (Invocation(0, ""), "Bazel ran no test of //e2e/real_suites:pluggy_test:\nno test targets"),
    ],
)
def test_failing_bazel(
    built: Invocation,
    error: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: pathlib.Path,
) -> None:
    """A suite that does not run is an error, which has what Bazel said; what was made for it is gone."""
    (tmp_path / ".cache").mkdir()
    monkeypatch.setenv("BUILD_WORKSPACE_DIRECTORY", "/nowhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(Bazel, "run", lambda *_, **__: built)
    monkeypatch.setattr(Bazel, "test", lambda *_, **__: Invocation(4, "no test targets"))
    monkeypatch.setattr(measure, "find_programs", lambda: None)
    assert measure.main(["pluggy"]) == 1
    assert capsys.readouterr().err == f"measure: pluggy: {error}\n"
    assert list((tmp_path / ".cache").iterdir()) == []
