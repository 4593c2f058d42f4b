"""Bazel's folder of results is read as Bazel lays it out."""

import pathlib

import pytest
from hermetic_pytest.report.testlogs import find_results

from tests.report.samples import Workspace


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """A workspace without results."""
    return Workspace(tmp_path)


def _places(workspace: Workspace) -> list[tuple[str, int, int, int]]:
    return [(str(each.folder), each.run, each.shard, each.attempt) for each in find_results(workspace.testlogs)]


def test_layouts(workspace: Workspace) -> None:
    """Targets, shards, runs and both are found, also where only a log is."""
    for path in ("a/b", "a/b/c", "s/shard_2_of_10", "s/shard_10_of_10", "r/run_1_of_2", "x/shard_1_of_2_run_2_of_2"):
        workspace.write(f"{path}/test.log", "")
    assert _places(workspace) == [
        ("a/b", 1, 1, 1),
        ("a/b/c", 1, 1, 1),
        ("r", 1, 1, 1),
        ("s", 1, 2, 1),
        ("s", 1, 10, 1),
        ("x", 2, 1, 1),
    ]


def test_attempts(workspace: Workspace) -> None:
    """A flaky target's attempts come before the last one."""
    for name in ("test.xml", "test_attempts/attempt_2.log", "test_attempts/attempt_1.xml", "test_attempts/other"):
        workspace.write(f"x/{name}", "")
    results = find_results(workspace.testlogs)
    assert [each.attempt for each in results] == [1, 2, 3]
    assert [each.is_last for each in results] == [False, False, True]
    assert results[0].xml == workspace.testlogs / "x/test_attempts/attempt_1.xml"
    assert results[2].log == workspace.testlogs / "x/test.log"


def test_other_number_of_shards(workspace: Workspace) -> None:
    """What an earlier number of shards left behind does not count."""
    workspace.write("x/shard_1_of_3/test.xml", "")
    workspace.write("x/test.xml", "")
    workspace.write("x/shard_2_of_2/test.xml", "")
    workspace.write("x/shard_1_of_2/test.xml", "")
    assert _places(workspace) == [("x", 1, 1, 1), ("x", 1, 2, 1)]


def test_deleted_meanwhile(workspace: Workspace) -> None:
    """A result that is gone when its turn comes, as a link that leads nowhere is, is no result."""
    workspace.write("x/test.log", "")
    workspace.write("y/test.log", "")
    (workspace.testlogs / "x/test.xml").symlink_to("gone")
    (workspace.testlogs / "y/test.log").unlink()
    (workspace.testlogs / "y/test.log").symlink_to("gone")
    assert _places(workspace) == [("x", 1, 1, 1)]


def test_outputs_of_tests(workspace: Workspace) -> None:
    """What a test wrote itself is no result."""
    workspace.write("x/test.xml", "")
    workspace.write("x/test.outputs/y/test.xml", "")
    assert _places(workspace) == [("x", 1, 1, 1)]


def test_no_results(tmp_path: pathlib.Path) -> None:
    """A folder that is empty, or gone by now, has no results."""
    assert find_results(tmp_path) == []
    assert find_results(tmp_path / "gone") == []
