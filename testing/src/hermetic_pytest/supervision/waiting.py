"""Waits for a child process, a signal or a moment, whichever comes first."""

import contextlib
import os
import select
import signal
import time
import types
from collections.abc import Callable, Iterator

from hermetic_pytest.supervision.ending import Ending

# What ends a test from outside: Bazel's timeout or interruption, a closed terminal.
_ENDING = (signal.SIGTERM, signal.SIGHUP)

# Ctrl-C on a terminal reaches the child, too, which deals with it as pytest does.
_IGNORED = (signal.SIGINT, signal.SIGQUIT)

# Seconds between two looks at what a child notes; it has room for what it notes in that time.
_LOOK_AGAIN = 0.25


class SignalPipe:
    """Makes signals readable, so that none is missed between looking and waiting.

    Attributes:
        ended_by: the signal that asked this process to end, None before that.
    """

    ended_by: int | None = None

    def __init__(self) -> None:
        """Installs handlers for all signals that matter to a parent."""
        self._reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, _wake)
        for number in _ENDING:
            signal.signal(number, self._note)

    @staticmethod
    @contextlib.contextmanager
    def blocked() -> Iterator[None]:
        """Holds signals back while a process forks and settles who handles them."""
        old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, *_ENDING, *_IGNORED})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, old)

    def wait(self, until: float | None) -> None:
        """Waits for a signal.

        Args:
            until: a time.monotonic() to wait no longer than; None waits on.
        """
        timeout = None if until is None else max(0.0, until - time.monotonic())
        if select.select([self._reader], [], [], timeout)[0]:
            os.read(self._reader, 4096)

    def _note(self, number: int, _frame: types.FrameType | None) -> None:
        self.ended_by = number


def _wake(_number: int, _frame: types.FrameType | None) -> None:
    """Handles SIGCHLD, whose only use is that the pipe becomes readable."""


def wait_for_exit(pid: int, pipe: SignalPipe, until: float | None, look: Callable[[], None]) -> Ending | None:
    """Waits for a child to end.

    Args:
        pid: the child.
        pipe: this process's signals.
        until: a time.monotonic() to wait no longer than; None waits on.
        look: looks at what the child has noted in the meantime.

    Returns:
        How the child ended; None when the moment came first, or a signal that ends this process.
    """
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done == pid:
            return Ending.from_status(status)
        if pipe.ended_by is not None or (until is not None and time.monotonic() >= until):
            return None
        look()
        next_look = time.monotonic() + _LOOK_AGAIN
        pipe.wait(next_look if until is None else min(until, next_look))
