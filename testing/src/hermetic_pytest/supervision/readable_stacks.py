"""Makes stacks readable: what belongs to the test stands out."""

import itertools
import pathlib

# The frames between a test and the interpreter's start, sixty of them for each thread that runs tests.
_RUNNERS = ("/_pytest/", "/pluggy/", "/hermetic_pytest/")


def readable_stacks(text: str, runfiles: pathlib.Path) -> str:
    """Shortens paths, and counts the frames of pytest instead of showing them.

    Args:
        text: stacks as faulthandler and asyncio write them.
        runfiles: the runfiles root.

    Returns:
        The stacks with paths below the runfiles root as Bazel's users know them.
    """
    lines = text.replace(f"{runfiles}/", "").splitlines()
    shown: list[str] = []
    for is_runner, frames in itertools.groupby(lines, key=_is_runner):
        run = list(frames)
        shown += [f"  ({len(run)} frames of pytest and its launcher)"] if is_runner else run
    return "".join(f"{line}\n" for line in shown)


def _is_runner(line: str) -> bool:
    return "File " in line and any(part in line for part in _RUNNERS)
