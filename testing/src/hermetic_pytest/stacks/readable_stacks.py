"""Makes stacks readable: what belongs to the test stands out."""

import itertools
import pathlib
import re

# The frames between a test and the interpreter's start, sixty of them for each thread that runs tests.
_RUNNERS = ("/_pytest/", "/pluggy/", "/hermetic_pytest/", "/xdist/", "/execnet/")

# What others than a test's author have written: wheels, and the interpreter, which is not below the runfiles root or
# in a repository of its own.
_OTHERS = re.compile(r"site-packages/|/lib/python\d|^/|^<")

# How faulthandler and Python 3.14 write a frame of Python's.
_FRAME = re.compile(r'^  File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<name>.*)$')

# From Python 3.14 on, faulthandler also writes frames of C.
_C_FRAME = "  Binary file "


def readable_stacks(text: str, runfiles: pathlib.Path) -> str:
    """Shortens paths, counts the frames of pytest and of C instead of showing them, and puts the test's own line first.

    Args:
        text: stacks as faulthandler and asyncio write them.
        runfiles: the runfiles root.

    Returns:
        The stacks with paths below the runfiles root as Bazel's users know them.
    """
    lines = [
        line for line in text.replace(f"{runfiles}/", "").splitlines() if not line.startswith("Extension modules: ")
    ]
    shown: list[str] = []
    for kind, frames in itertools.groupby(lines, key=_kind):
        run = list(frames)
        shown += run if kind is None else [f"  ({len(run)} frames of {kind})"]
    return "".join(f"{line}\n" for line in [*_own_line(lines), *shown])


def _kind(line: str) -> str | None:
    """Says what a line is a frame of that is only counted; None for a line that is shown."""
    if line.startswith(_C_FRAME):
        return "C code"
    return "pytest and its launcher" if "File " in line and any(part in line for part in _RUNNERS) else None


def _own_line(lines: list[str]) -> list[str]:
    """Finds the innermost line of the user's own in the thread that runs tests."""
    for is_end, stack in itertools.groupby(lines, key=lambda line: not line):
        frames = [] if is_end else list(stack)
        if any(_kind(line) == "pytest and its launcher" for line in frames):
            matches = (match for match in map(_FRAME.match, frames) if match is not None)
            own = next((match for match in matches if not _OTHERS.search(match["file"])), None)
            if own is not None and "/hermetic_pytest/" not in f"/{own['file']}":
                return [f"at {own['file']}:{own['line']} in {own['name']}", ""]
    return []
