"""Build events tell what test.xml cannot know."""

import json
import pathlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.build_events import read_build_events

from tests.report.samples import FINISHED, STARTED, Workspace, configured, result, summary

_MEND = "; give it the file that the last `bazel test --build_event_json_file=FILE` wrote"


# Events whose fields are of other types than Bazel's.
_BAD_TIME = '{"id": {"started": {}}, "started": {"command": "test", "startTimeMillis": "soon"}}\n{}'


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """A workspace without results."""
    return Workspace(tmp_path)


def test_result(workspace: Workspace) -> None:
    """An execution has its place, status, time and files."""
    event = result(
        "//a:b",
        "TIMEOUT",
        pathlib.Path("/logs/with space/test.log"),
        run=2,
        shard=3,
        attempt=1,
        testAttemptStartMillisEpoch="1500",
        testAttemptDurationMillis="250",
        cachedLocally=True,
    )
    build = read_build_events(workspace.events(STARTED, event, summary("//a:b", "TIMEOUT"), FINISHED))
    (target,) = build.targets
    (read,) = target.results
    assert (build.started, build.is_finished, target.label, target.status) == (1000.0, True, "//a:b", "TIMEOUT")
    assert (read.run, read.shard, read.attempt, read.status) == (2, 3, 1, "TIMEOUT")
    assert (read.start, read.seconds, read.cached) == (1.5, 0.25, True)
    assert (read.files, read.remote) == ({"test.log": pathlib.Path("/logs/with space/test.log")}, False)


def test_elsewhere(workspace: Workspace) -> None:
    """Files of a remote cache are known to be elsewhere."""
    event = result("//a:b")
    event["testResult"]["testActionOutput"] = [{"name": "test.xml", "uri": "bytestream://host/blobs/1/2"}]
    (target,) = read_build_events(workspace.events(STARTED, event)).targets
    assert (target.results[0].files, target.results[0].remote) == ({}, True)


def test_not_built(workspace: Workspace) -> None:
    """Tests that could not be built are told with the reason; other targets are not."""
    failed = {"failureDetail": {"message": "no such file"}}
    build = read_build_events(
        workspace.events(
            STARTED,
            configured("//a:test"),
            {"id": {"targetCompleted": {"label": "//a:test"}}, "completed": failed},
            {"id": {"targetCompleted": {"label": "//a:lib"}}, "completed": failed},
        )
    )
    assert [(each.label, each.status, each.message) for each in build.targets] == [
        ("//a:test", "FAILED_TO_BUILD", "no such file")
    ]


def test_not_run(workspace: Workspace) -> None:
    """Tests that a stopped build never came to are told with the reason, and so is what went wrong besides."""
    aborted = {"reason": "USER_INTERRUPTED", "description": "stopped"}
    build = read_build_events(
        workspace.events(
            STARTED,
            configured("//a:test"),
            {"id": {"targetCompleted": {"label": "//a:test"}}, "aborted": aborted},
            {"id": {"unconfiguredLabel": {"label": "//a:typo"}}, "aborted": {"reason": "LOADING_FAILURE"}},
        )
    )
    assert [(each.status, each.message) for each in build.targets] == [("NO_STATUS", "user interrupted: stopped")]
    assert (build.problems, build.is_finished) == (["//a:typo: loading failure"], False)


def test_last_line_is_cut_off(workspace: Workspace) -> None:
    """A build that was killed leaves half a line, which is no reason to lose the others."""
    file = workspace.events(STARTED, result("//a:b"))
    with file.open("a", encoding="utf-8") as events:
        events.write('{"id":{"testRes')
    assert [target.label for target in read_build_events(file).targets] == ["//a:b"]


def test_configurations(workspace: Workspace) -> None:
    """A target that was tested in two configurations is two."""
    other = result("//a:b", "FAILED")
    other["id"]["testResult"]["configuration"]["id"] = "d"
    build = read_build_events(workspace.events(STARTED, result("//a:b"), other))
    assert [[each.status for each in target.results] for target in build.targets] == [["PASSED"], ["FAILED"]]


def test_no_file(tmp_path: pathlib.Path) -> None:
    """A file that is not there is told."""
    with pytest.raises(LauncherError) as error:
        read_build_events(tmp_path / "x.json")
    assert str(error.value) == (
        f"--build_event_json_file: {tmp_path}/x.json cannot be read (No such file or directory), expected Bazel's "
        f"build events{_MEND}"
    )


@pytest.mark.parametrize(
    "text", ["\x08\x01binary", "[]\n{}", "3", '{"id": 3}', '{"id": {}}\n{}', "[" * 99_999, _BAD_TIME]
)
def test_no_events(tmp_path: pathlib.Path, text: str) -> None:
    """A file of another kind is told with the line."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LauncherError) as error:
        read_build_events(file)
    assert str(error.value).startswith(f"--build_event_json_file: line 1 of {file} is no build event (")
    assert str(error.value).endswith(f"), expected one JSON object a line{_MEND}")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "do not tell of a command"),
        (json.dumps(FINISHED), "do not tell of a command"),
        (json.dumps({"id": {"started": {}}, "started": {"command": "build"}}), "are of `bazel build`"),
    ],
)
def test_other_command(tmp_path: pathlib.Path, text: str, what: str) -> None:
    """Events of a command that runs no tests are told."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LauncherError) as error:
        read_build_events(file)
    assert str(error.value) == (f"--build_event_json_file: the events in {file} {what}, expected `bazel test`{_MEND}")
