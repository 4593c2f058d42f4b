"""Writes into the log of a target what the launcher has to say."""

import sys

from hermetic_pytest.supervision.log_text import is_in_a_line


class TargetLog:
    """The log, for lines that name the target."""

    def __init__(self, label: str) -> None:
        """Writes nothing yet.

        Args:
            label: the target's label.
        """
        self._label = label

    def say(self, *lines: str) -> None:
        """Writes lines that begin with the launcher's name and the target's label."""
        self.write("".join(f"hermetic_pytest: {self._label}: {line}\n" for line in lines))

    def write(self, text: str) -> None:
        """Writes text that has its own lines; it starts a line, wherever the log is."""
        if text:
            start = "\n" if is_in_a_line() else ""
            sys.stderr.write(start + text.encode(errors="backslashreplace").decode())
            sys.stderr.flush()


def captured(out: str, err: str) -> str:
    """Puts captured output into shape as pytest does in the log.

    Args:
        out: what went to standard output.
        err: what went to standard error.

    Returns:
        The text, a heading above each stream; empty without any output.
    """
    streams = (("stdout", out), ("stderr", err))
    return "".join(f"{f' Captured {name} ':-^80}\n{text.rstrip()}\n" for name, text in streams if text.strip())
