"""What failed is found test by test, and as a whole where that says too little."""

import pathlib

import pytest
from hermetic_pytest.commands.failed_targets import FailedTarget, failed_targets
from hermetic_pytest.report.assembly import report_of_testlogs
from hermetic_pytest.report.model import Case, Report

from tests.report.samples import Workspace, case, execution, target

_FAILURE = '<failure message="m">text</failure>'
_SET_UP = "<error message='failed on setup with \"x\"'>text</error>"
_CRASH = '<error message="the process exited with code 0 before pytest was done, in test_b">text</error>'


def _found(workspace: Workspace) -> list[FailedTarget]:
    return failed_targets(report_of_testlogs(workspace.testlogs, lambda *_: None))


def _failed(label: str, *tests: str) -> FailedTarget:
    return FailedTarget(label=label, tests=tests or None, is_exact=True)


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """A workspace without results."""
    return Workspace(tmp_path)


def test_tests(workspace: Workspace) -> None:
    """Failures, and errors of fixtures, are the tests' own; what passed or was skipped is not there."""
    workspace.ran("//a:good", case("test_a"))
    workspace.ran("//b:bad", case("test_a"), case("test_b", _FAILURE), case("test_c", _SET_UP), case("d", "<skipped/>"))
    assert _found(workspace) == [_failed("//b:bad", "pkg/x_test.py::test_b", "pkg/x_test.py::test_c")]


def test_raw_id(workspace: Workspace) -> None:
    """An id is as the file has it, also where a page shows it in another way."""
    workspace.ran("//b:bad", case("test_b[\u200b/x/y.runfiles/_main/z &quot;&#10;]", _FAILURE))
    assert _found(workspace) == [_failed("//b:bad", 'pkg/x_test.py::test_b[\u200b/x/y.runfiles/_main/z "\n]')]


@pytest.mark.parametrize("bad", [_CRASH, '<error message="collection failure">E</error>'])
def test_whole(workspace: Workspace, bad: str) -> None:
    """A target whose process died, or that could not be collected, runs whole, whatever else failed."""
    workspace.ran("//b:bad", case("test_a", _FAILURE), case("test_b", bad))
    assert _found(workspace) == [_failed("//b:bad")]


def test_shards(workspace: Workspace) -> None:
    """The failures of all shards come together."""
    for shard in (1, 2, 3):
        workspace.ran("//b:bad", case(f"test_{shard}", _FAILURE if shard > 1 else ""), part=f"shard_{shard}_of_3")
    assert _found(workspace) == [_failed("//b:bad", "pkg/x_test.py::test_2", "pkg/x_test.py::test_3")]


def test_target_without_cases(workspace: Workspace) -> None:
    """A target of ours in which a filter found no test has not failed, nor has a shard without tests."""
    workspace.ran("//a:filtered")
    for shard, cases in enumerate([[], [case("test_b", _FAILURE)]], start=1):
        workspace.ran("//b:bad", *cases, part=f"shard_{shard}_of_2")
    assert _found(workspace) == [_failed("//b:bad", "pkg/x_test.py::test_b")]


def test_other_rules(workspace: Workspace) -> None:
    """A target of another runner is told apart: its name is no label."""
    workspace.ran("b/bad", case("test_a", _FAILURE), log="x")
    (found,) = _found(workspace)
    assert (found.label, found.tests, found.is_exact) == ("b/bad", None, False)


@pytest.mark.parametrize("status", ["TIMEOUT", "FAILED_TO_BUILD", "REMOTE_FAILURE"])
def test_status(status: str) -> None:
    """A status that no test explains is of the whole target."""
    failure = Case(name="n", outcome="failed", test_id="x_test.py::n")
    report = Report(
        targets=(target("//:x", execution(status, failure, suite="//:x"), status=status),),
        source="s",
    )
    assert failed_targets(report) == [_failed("//:x")]


def test_not_run() -> None:
    """A target that Bazel did not come to did not fail, and a flaky one passed in the end."""
    report = Report(targets=(target("//:x", status="NO_STATUS"), target("//:y", status="FLAKY")), source="s")
    assert failed_targets(report) == []


def test_attempts() -> None:
    """Of several attempts the last one counts."""
    first, last = (Case(name=name, outcome="failed", test_id=name) for name in "ab")
    attempts = [execution("FAILED", each, suite="//:x", attempt=number) for number, each in enumerate((first, last), 1)]
    report = Report(targets=(target("//:x", *attempts, status="FAILED"),), source="s")
    assert failed_targets(report) == [_failed("//:x", "b")]


def test_configurations() -> None:
    """A target that was built in two configurations is one, with the failures of both."""
    targets = [
        target(
            "//:x", execution("FAILED", Case(name=name, outcome="failed", test_id=name), suite="//:x"), status="FAILED"
        )
        for name in ("b", "a", "b")
    ]
    assert failed_targets(Report(targets=tuple(targets), source="s")) == [_failed("//:x", "b", "a")]
