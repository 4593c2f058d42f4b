"""Bazel's folders below bazel-testlogs: one a target, and in it one a shard and run, such as `shard_1_of_4_run_2_of_3`.

The names are those of Bazel's TestActionBuilder; https://bazel.build/remote/output-directories shows the tree.
"""

import pathlib
import re

_PART_OF_A_RUN = re.compile(r"(?:shard_(\d+)_of_\d+)?_?(?:run_(\d+)_of_\d+)?")


def target_folder(folder: pathlib.Path) -> pathlib.Path:
    """Finds the folder of the target that a result belongs to.

    Args:
        folder: the folder of a test.xml or test.log.

    Returns:
        The folder itself, or the one above it where the target has shards or runs.
    """
    return folder.parent if _PART_OF_A_RUN.fullmatch(folder.name) else folder


def layout(folder: pathlib.Path) -> str:
    """Tells how many shards and runs there were, so that what an earlier number of them left behind can be told apart.

    Args:
        folder: the folder of a test.xml or test.log.

    Returns:
        The folder's name without the number of this shard and run.
    """
    return re.sub(r"_\d+_of_", "_of_", folder.name)


def run_and_shard(folder: pathlib.Path) -> tuple[int, int]:
    """Tells which run and shard a folder is of.

    Args:
        folder: the folder of a test.xml or test.log.

    Returns:
        The run's and the shard's number, from 1; 1 where there is only one.
    """
    match = _PART_OF_A_RUN.fullmatch(folder.name)
    if match is None:
        return 1, 1
    return int(match[2] or 1), int(match[1] or 1)
