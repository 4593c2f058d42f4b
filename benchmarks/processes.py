"""Runs commands, and times them."""

import pathlib
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.errors import BenchmarkError

# How much of a failed command's output its error has.
_LAST_LINES = 30


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a command takes, in milliseconds.

    Attributes:
        wall: from its start to its end.
        cpu: of all its processes, in their own code and in the system's.
    """

    wall: float
    cpu: float


def run(command: Sequence[str | pathlib.Path], folder: pathlib.Path, environ: Mapping[str, str]) -> str:
    """Runs a command to its end.

    Args:
        command: the program and its arguments.
        folder: the working folder.
        environ: all of its variables.

    Returns:
        Its standard output.

    Raises:
        BenchmarkError: it failed.
    """
    finished = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, errors="replace", check=False
    )
    if finished.returncode != 0:
        output = f"{finished.stdout}{finished.stderr}".splitlines()
        raise BenchmarkError(
            f"{' '.join(map(str, command))} ended with {finished.returncode}, expected 0; run it in {folder} to see "
            "all of what it says, which ends with:\n" + "\n".join(output[-_LAST_LINES:])
        )
    return finished.stdout


def milliseconds(command: Sequence[str | pathlib.Path], folder: pathlib.Path, environ: Mapping[str, str]) -> float:
    """Times a command from its start to its end.

    Args:
        command: the program and its arguments.
        folder: the working folder.
        environ: all of its variables.

    Returns:
        Wall time in milliseconds.

    Raises:
        BenchmarkError: it failed.
    """
    start = time.perf_counter()
    run(command, folder, environ)
    return (time.perf_counter() - start) * 1000


def cost(command: Sequence[str | pathlib.Path], folder: pathlib.Path, environ: Mapping[str, str]) -> Cost:
    """Measures a command, all of whose processes are waited for.

    Args:
        command: the program and its arguments.
        folder: the working folder.
        environ: all of its variables.

    Returns:
        What it takes.

    Raises:
        BenchmarkError: it failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = milliseconds(command, folder, environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall=wall, cpu=seconds * 1000)
