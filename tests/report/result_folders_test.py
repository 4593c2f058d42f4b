"""Bazel's names of folders tell targets, runs and shards."""

import pathlib

import pytest
from hermetic_pytest.report.result_folders import layout, run_and_shard, target_folder


@pytest.mark.parametrize(
    ("name", "is_part", "place", "shape"),
    [
        ("x_test", False, (1, 1), "x_test"),
        ("shard_2_of_10", True, (1, 2), "shard_of_10"),
        ("run_3_of_4", True, (3, 1), "run_of_4"),
        ("shard_2_of_10_run_3_of_4", True, (3, 2), "shard_of_10_run_of_4"),
        ("shard_2_test", False, (1, 1), "shard_2_test"),
    ],
)
def test_names(name: str, is_part: bool, place: tuple[int, int], shape: str) -> None:
    """A folder is a target's, or that of a part of its run."""
    folder = pathlib.Path("logs/pkg/target", name)
    assert target_folder(folder) == (folder.parent if is_part else folder)
    assert run_and_shard(folder) == place
    assert layout(folder) == shape
