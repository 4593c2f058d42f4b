"""Asks the test process for its stacks; what answers is `hermetic_pytest.supervision.stacks`."""

import os
import pathlib
import time

from hermetic_pytest.supervision.readable_stacks import readable_stacks
from hermetic_pytest.supervision.remote_tasks import remote_tasks
from hermetic_pytest.supervision.stacks import DUMP_SIGNAL, END_OF_DUMP

# A look at the file costs nothing beside what is being waited for.
_LOOK_AGAIN = 0.02

# How long a test process may take to answer, in seconds; one that can answer at all needs much less.
_ANSWER_TIME = 1.0


class StackRequests:
    """The supervisor's side of the file that a test process writes its stacks to."""

    def __init__(self, path: pathlib.Path, runfiles: pathlib.Path) -> None:
        """Starts with an empty file.

        Args:
            path: the file.
            runfiles: the runfiles root, below which paths are shown.
        """
        self._path = path
        self._runfiles = runfiles
        self._read_to = 0
        path.touch()

    def ask(self, pid: int, *, already_asked: bool = False) -> str:
        """Has a process write its stacks.

        Args:
            pid: the process.
            already_asked: whether a signal to the whole process group may have asked it before.

        Returns:
            The stacks of its threads, and of its asyncio tasks as far as they can be known.
        """
        if not (already_asked and self._is_answered_within(_ANSWER_TIME / 2)):
            os.kill(pid, DUMP_SIGNAL)
            if not self._is_answered_within(_ANSWER_TIME):
                # Threads are there: they are written from C. The interpreter itself is stuck.
                return self.take() + readable_stacks(remote_tasks(pid), self._runfiles)
        return self.take()

    def take(self) -> str:
        """Takes what has been written since it was last taken.

        Returns:
            The stacks, in a form to read.
        """
        text = self._unread()
        self._read_to = self._path.stat().st_size
        return readable_stacks(text, self._runfiles)

    def _is_answered_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while END_OF_DUMP not in self._unread():
            if time.monotonic() >= end:
                return False
            time.sleep(_LOOK_AGAIN)
        return True

    def _unread(self) -> str:
        return self._path.read_bytes()[self._read_to :].decode(errors="replace")
