"""Reads values of environment variables; a malformed one is an error, not an absent one."""

import pathlib
import shlex
from collections.abc import Mapping

from hermetic_pytest.errors import LauncherError

# Python refuses to read numbers of many thousands of digits.
_MOST_DIGITS = 18


def malformed(
    name: str, value: str | None, expected: str, fix: str = "unset it or set it as Bazel does"
) -> LauncherError:
    """Makes the error for a variable.

    Args:
        name: the variable.
        value: its value, None where it is not set.
        expected: what it should be.
        fix: how to mend it.

    Returns:
        The error.
    """
    got = "not set" if value is None else repr(value)
    return LauncherError(f"environment variable {name} is {got}, expected {expected}; {fix}")


def read_path(environ: Mapping[str, str], name: str) -> pathlib.Path | None:
    """Reads the path of a file or folder.

    Args:
        environ: the process's environment.
        name: the variable.

    Returns:
        The path, None where the variable is not set.

    Raises:
        LauncherError: the path is not absolute. Bazel's paths are, and a run changes its working folder.
    """
    value = environ.get(name)
    if value is None:
        return None
    if not pathlib.Path(value).is_absolute():
        raise malformed(name, value, "an absolute path")
    return pathlib.Path(value)


def read_number(environ: Mapping[str, str], name: str, *, least: int) -> int | None:
    """Reads a whole number.

    Args:
        environ: the process's environment.
        name: the variable.
        least: the smallest number that makes sense.

    Returns:
        The number, None where the variable is not set.

    Raises:
        LauncherError: it is no such number in plain decimal digits.
    """
    value = environ.get(name)
    if value is None:
        return None
    if len(value) > _MOST_DIGITS:
        raise malformed(name, value, f"a whole number of at most {_MOST_DIGITS} digits")
    if not (value.isascii() and value.isdecimal() and int(value) >= least):
        raise malformed(name, value, f"a whole number of at least {least}")
    return int(value)


def read_flag(environ: Mapping[str, str], name: str) -> bool:
    """Reads a switch.

    Args:
        environ: the process's environment.
        name: the variable.

    Returns:
        Whether it is on; off where the variable is not set.

    Raises:
        LauncherError: it is neither "1" nor "0".
    """
    value = environ.get(name, "0")
    if value not in ("0", "1"):
        raise malformed(name, value, "'0' or '1'")
    return value == "1"


def read_words(environ: Mapping[str, str], name: str) -> tuple[str, ...] | None:
    """Reads a command line.

    Args:
        environ: the process's environment.
        name: the variable.

    Returns:
        Its words, split as a shell does; None where the variable is not set.

    Raises:
        LauncherError: a quotation does not end.
    """
    value = environ.get(name)
    if value is None:
        return None
    try:
        return tuple(shlex.split(value))
    except ValueError as error:
        expected = f"words as in a shell ({error})"
        raise malformed(name, value, expected, "close each quotation mark, or unset it") from error
