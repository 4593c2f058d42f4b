"""No target is lost, whatever its files are like, and its status is what is known of it."""

import pathlib
from typing import Any

import pytest
from hermetic_pytest.report.assembly import report_of_build, report_of_testlogs, status_of
from hermetic_pytest.report.build_events import read_build_events
from hermetic_pytest.report.model import Report

from tests.report.samples import FINISHED, LOG, STARTED, Workspace, case, configured, execution, result, suite, summary

_FAILURE = '<failure message="m">text</failure>'


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """A workspace without results."""
    return Workspace(tmp_path)


def _silent(*_: int) -> None:
    """Shows no progress."""


def _of_testlogs(workspace: Workspace) -> Report:
    return report_of_testlogs(workspace.testlogs, _silent)


def _of_build(workspace: Workspace, *events: dict[str, Any]) -> Report:
    return report_of_build(read_build_events(workspace.events(*events)), _silent)


def test_statuses(workspace: Workspace) -> None:
    """Without build events the cases tell the status."""
    workspace.ran("//a:good", case("test_a"), case("test_b", "<skipped />"))
    workspace.ran("//a:bad", case("test_a", _FAILURE))
    assert [(each.label, each.status) for each in _of_testlogs(workspace).targets] == [
        ("//a:bad", "FAILED"),
        ("//a:good", "PASSED"),
    ]


def test_labels(workspace: Workspace) -> None:
    """A label comes from the report, else from the log, else from the folder."""
    workspace.ran("//a:b/c_test", case("test_a"), part="shard_1_of_1")
    workspace.write("d/e/f_test/test.xml", suite("f"))
    workspace.write("d/e/f_test/test.log", LOG.format(label="//d:e/f_test", text=""))
    workspace.write("g/h_test/test.xml", suite("h"))
    workspace.write("i_test/test.xml", suite("i"))
    assert [each.label for each in _of_testlogs(workspace).targets] == [
        "//:i_test", "//a:b/c_test", "//d:e/f_test", "//g:h_test"
    ]  # fmt: skip


def test_no_xml(workspace: Workspace) -> None:
    """A target without a test.xml is there, with the end of its log."""
    workspace.write("a/b_test/test.log", LOG.format(label="//a:b_test", text="x\n" * 20_000 + "Killed"))
    (target,) = _of_testlogs(workspace).targets
    (only,) = target.executions
    assert (target.label, target.status) == ("//a:b_test", "UNKNOWN")
    assert only.problem == "there is no test.xml: the test did not come to its end, or its results were removed"
    assert only.log_tail.endswith("x\nKilled")
    assert len(only.log_tail) <= 16_384


def test_no_case(workspace: Workspace) -> None:
    """A test.xml without a case says nothing of how the target ended."""
    workspace.ran("//a:b_test")
    (target,) = _of_testlogs(workspace).targets
    assert (target.label, target.status) == ("//a:b_test", "UNKNOWN")


def test_malformed_xml(workspace: Workspace) -> None:
    """A target with half a test.xml is there, with half its tests, and nobody claims that it passed."""
    workspace.write("a/b_test/test.xml", suite("//a:b_test", case("test_a"), case("test_b"))[:-60])
    (target,) = _of_testlogs(workspace).targets
    assert (target.label, target.status, len(target.executions[0].cases)) == ("//a:b_test", "UNKNOWN", 1)


def test_unreadable_xml(workspace: Workspace) -> None:
    """A test.xml that is no file is told."""
    (workspace.testlogs / "a/test.xml").mkdir(parents=True)
    assert _of_testlogs(workspace).targets[0].executions[0].problem == "test.xml cannot be read: Is a directory"


def test_attempts(workspace: Workspace) -> None:
    """A target that passed at last is flaky."""
    workspace.write("a/b_test/test_attempts/attempt_1.xml", suite("//a:b_test", case("test_a", _FAILURE)))
    workspace.ran("//a:b_test", case("test_a"))
    (target,) = _of_testlogs(workspace).targets
    assert (target.status, [each.status for each in target.executions]) == ("FLAKY", ["FAILED", "PASSED"])


def test_shard_without_tests(workspace: Workspace) -> None:
    """A shard without tests is good beside one that has some; a target without any is unknown."""
    workspace.ran("//a:b_test", part="shard_1_of_2")
    workspace.ran("//a:b_test", case("test_a"), part="shard_2_of_2")
    workspace.ran("//a:c_test")
    assert [target.status for target in _of_testlogs(workspace).targets] == ["PASSED", "UNKNOWN"]


@pytest.mark.parametrize(
    ("executions", "status"),
    [
        ([], "PASSED"),
        ([("PASSED", 1, 1)], "PASSED"),
        ([("PASSED", 1, 1), ("FAILED", 2, 1)], "FAILED"),
        ([("TIMEOUT", 1, 1), ("FAILED", 2, 1)], "FAILED"),
        ([("UNKNOWN", 1, 1), ("TIMEOUT", 2, 1)], "TIMEOUT"),
        ([("INCOMPLETE", 1, 1), ("TIMEOUT", 2, 1)], "TIMEOUT"),
        ([("FAILED", 1, 1), ("PASSED", 1, 2)], "FLAKY"),
        ([("FAILED", 1, 1), ("PASSED", 1, 2), ("FAILED", 2, 1)], "FAILED"),
        ([("TOOL_HALTED_BEFORE_TESTING", 1, 1), ("PASSED", 2, 1)], "TOOL_HALTED_BEFORE_TESTING"),
    ],
)
def test_status_of(executions: list[tuple[str, int, int]], status: str) -> None:
    """A target is as bad as the worst of its shards' last attempts."""
    made = [execution(each, shard=shard, attempt=attempt) for each, shard, attempt in executions]
    assert status_of(made) == status


def test_build(workspace: Workspace) -> None:
    """With build events the page tells of that build's targets alone, and what Bazel said of them counts."""
    workspace.ran("//old:test", case("test_a"))
    workspace.ran("//a:test", case("test_a"), log="Killed")
    folder = workspace.testlogs / "a/test"
    report = _of_build(
        workspace,
        STARTED,
        configured("//b:test"),
        result("//a:test", "TIMEOUT", folder / "test.log", folder / "test.xml", testAttemptDurationMillis="5000"),
        summary("//a:test", "TIMEOUT"),
        {"id": {"targetCompleted": {"label": "//b:test"}}, "completed": {}},
        FINISHED,
    )
    assert [(each.label, each.status) for each in report.targets] == [
        ("//a:test", "TIMEOUT"),
        ("//b:test", "FAILED_TO_BUILD"),
    ]
    (only,) = report.targets[0].executions
    assert (only.seconds, len(only.cases), only.log_tail, only.log) == (5.0, 1, "Killed", folder / "test.log")
    assert (report.started, report.notices) == (1000.0, ())


def test_build_without_end(workspace: Workspace) -> None:
    """A build that was cut off is told, and its targets have the status of what they ran."""
    report = _of_build(workspace, STARTED, result("//a:test", "FAILED"))
    assert report.targets[0].status == "FAILED"
    assert report.notices == ("The build events end before the build's end: results may be missing.",)


@pytest.mark.parametrize(
    ("outputs", "problem"),
    [
        ([], "there is no test.xml: the test did not come to its end, or its results were removed"),
        (
            [{"name": "test.xml", "uri": "bytestream://host/1"}],
            "test.xml is not on this machine: run Bazel with --remote_download_outputs=all",
        ),
    ],
)
def test_build_without_files(workspace: Workspace, outputs: list[dict[str, str]], problem: str) -> None:
    """A result without files is told with the reason."""
    event = result("//a:test")
    event["testResult"]["testActionOutput"] = outputs
    (target,) = _of_build(workspace, STARTED, event).targets
    assert (target.status, target.executions[0].problem) == ("PASSED", problem)


def test_progress(workspace: Workspace) -> None:
    """Each result that is read counts."""
    workspace.ran("//a:a", case("test_a"), part="shard_1_of_2")
    workspace.ran("//a:a", case("test_b"), part="shard_2_of_2")
    workspace.ran("//a:b", case("test_a"))
    told: list[tuple[int, int]] = []
    report_of_testlogs(workspace.testlogs, lambda done, total: told.append((done, total)))
    assert told == [(2, 3), (3, 3)]
