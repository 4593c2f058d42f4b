"""Makespans and their bounds."""

import pathlib

import pytest

from benchmarks.groups.makespan import longest_shard, lower_bound, read_milliseconds


def test_longest_shard() -> None:
    """The makespan is the longest shard's sum."""
    assert longest_shard([[1.0, 2.0], [4.0], [3.0, 3.0]]) == 6.0


@pytest.mark.parametrize(("shards", "expected"), [([[4.0], [2.0, 2.0], [1.0]], 4.0), ([[4.0, 2.0], [2.0, 4.0]], 6.0)])
def test_lower_bound(shards: list[list[float]], expected: float) -> None:
    """No division is shorter than the longest test, nor than the mean shard."""
    assert lower_bound(shards) == expected


def test_read_milliseconds(tmp_path: pathlib.Path) -> None:
    """Cases count, suites do not."""
    report = tmp_path / "test.xml"
    report.write_text(
        '<testsuites><testsuite time="9"><testcase time="0.25"/><testcase time="1"/></testsuite></testsuites>',
        encoding="utf-8",
    )
    assert read_milliseconds(report) == [250.0, 1000.0]
