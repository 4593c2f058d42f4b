"""The parts of a process's state that tests most often leave changed."""

import os
import sys
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class State:
    """A process's state at one moment.

    Args:
        directory: The working directory, or None if it no longer exists.
        environment: The environment variables that are not ignored.
        path: The entries of `sys.path`.
    """

    directory: Path | None
    environment: dict[str, str]
    path: list[str]


def snapshot(ignore: Container[str] = ()) -> State:
    """Takes down the state of this process.

    Args:
        ignore: The environment variables to leave out.

    Returns:
        The state, which shares nothing with the process.
    """
    try:
        directory: Path | None = Path.cwd()
    except FileNotFoundError:
        directory = None
    environment = {name: value for name, value in os.environ.items() if name not in ignore}
    return State(directory, environment, list(sys.path))


def differences(before: State, after: State) -> list[str]:
    """Says how two states differ.

    Args:
        before: The state that is expected.
        after: The state that was found.

    Returns:
        One line for each difference; none if the states are equal.
    """
    lines = []
    if before.directory != after.directory:
        lines.append(f"working directory: was {before.directory}, is {after.directory or 'deleted'}")
    for name in sorted(before.environment.keys() | after.environment.keys()):
        was, now = before.environment.get(name), after.environment.get(name)
        if was != now:
            lines.append(f"environment variable {name}: was {_shown(was)}, is {_shown(now)}")
    if before.path != after.path:
        lines.append(f"sys.path: was {before.path}, is {after.path}")
    return lines


def restore(before: State, after: State) -> None:
    """Puts this process back from one state to another.

    Args:
        before: The state to return to.
        after: The state the process is in, taken with the same variables ignored.

    Raises:
        FileNotFoundError: The working directory to return to is gone.
    """
    if before.directory is not None:
        os.chdir(before.directory)
    for name in after.environment.keys() - before.environment.keys():
        del os.environ[name]
    os.environ.update(before.environment)
    sys.path[:] = before.path


def _shown(value: str | None) -> str:
    return "unset" if value is None else repr(value)
