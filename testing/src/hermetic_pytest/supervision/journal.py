"""The notes on a run's progress, for the supervisor to read when the process has died.

Each note is one line of JSON, written by one write(2): what was noted is safe, whatever comes next. A note is a list
that starts with its kind:

    ["collect", nodeid]    a file, class or folder is being collected
    ["start", nodeid]      a test has begun; its set-up comes first
    ["call", nodeid], ["teardown", nodeid]    the test's later phases
    ["passed", nodeid, location, durations]    a test without anything to tell has ended; seconds of each phase
    ["report", data]       any other report, as pytest_report_to_serializable makes it
    ["done", nodeid]       the test of the reports before it has ended
    ["refused", error]     the run cannot start as asked
    ["shutdown"]           all tests have ended
    ["exit", code]             pytest has ended
"""

import json
import os
import pathlib
from collections.abc import Iterator
from typing import Any


class JournalWriter:
    """Appends to a journal."""

    def __init__(self, path: pathlib.Path) -> None:
        """Opens the journal.

        Args:
            path: the file to append to.

        Raises:
            OSError: the file cannot be written.
        """
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._owner = os.getpid()

    def note(self, *parts: object) -> None:
        """Appends a note; a process that a test forked has nothing to note.

        Args:
            *parts: the note's kind and its further parts; what JSON does not know is noted as text.

        Raises:
            OSError: the file cannot be written.
        """
        if os.getpid() == self._owner:
            os.write(self._fd, json.dumps(parts, default=str).encode() + b"\n")


def read_journal(path: pathlib.Path) -> Iterator[list[Any]]:
    """Reads the notes.

    Args:
        path: the journal.

    Yields:
        The notes in their order; none where there is no journal, and not a last one that was cut off.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield json.loads(line)


def exit_code(path: pathlib.Path) -> int | None:
    """Reads pytest's exit code, without reading all of a long run's notes.

    Args:
        path: the journal.

    Returns:
        The code; None where pytest did not come to its end.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64))
        last = file.read().splitlines()[-1:]
    if not last or not last[0].startswith(b'["exit",'):
        return None
    code: int = json.loads(last[0])[1]
    return code
