"""Command lines of buildozer (https://github.com/bazelbuild/buildtools/blob/main/buildozer/README.md)."""

import shlex
from collections.abc import Sequence


def value(text: str) -> str:
    """Writes one value of a command: buildozer splits a command at spaces that no backslash precedes."""
    return text.replace("\\", "\\\\").replace(" ", "\\ ")


def command_line(commands: Sequence[str], label: str) -> str:
    """Writes what a shell runs.

    Args:
        commands: such as `remove main`.
        label: the target, or `//pkg:__pkg__` for the file itself.

    Returns:
        One line.
    """
    return " ".join(["buildozer", *(shlex.quote(command) for command in commands), shlex.quote(label)])


def is_command(line: str) -> bool:
    """Tells a command line from a comment."""
    return not line.startswith("#")


def comment(text: str) -> str:
    """Writes a line that a shell passes over."""
    return f"# {text}"
