"""Reads Bazel's execution log (`SpawnExec` in its spawn.proto), one JSON object after another."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.errors import BenchmarkError


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What an action reads, all of which a remote worker has to get.

    Attributes:
        files: how many files.
        size: their size in bytes.
    """

    files: int
    size: int


def read_test_inputs(log: str, label: str) -> Inputs:
    """Finds the inputs of a test action.

    Args:
        log: the text of `--execution_log_json_file`.
        label: the test target, such as "//pkg:name".

    Returns:
        The inputs of its first action.

    Raises:
        BenchmarkError: the log has no such action.
    """
    for action in _actions(log):
        if action["mnemonic"] == "TestRunner" and action["targetLabel"].lstrip("@") == label:
            # Folders and links have no digest. The format writes whole numbers of 64 bits as strings.
            sizes = [int(file["digest"].get("sizeBytes", 0)) for file in action["inputs"] if "digest" in file]
            return Inputs(files=len(sizes), size=sum(sizes))
    raise BenchmarkError(
        f"Bazel's execution log has no TestRunner action of {label}, expected one: it was not run, or the log has "
        "another format; look at the log that --execution_log_json_file writes"
    )


def _actions(log: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    position, end = 0, len(log.rstrip())
    while position < end:
        # The decoder takes no leading space.
        while log[position].isspace():
            position += 1
        action, position = decoder.raw_decode(log, position)
        yield action
