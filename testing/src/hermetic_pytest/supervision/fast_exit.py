"""Skips the interpreter's teardown at the end of a run: it takes as long as many tests do, and serves none."""

import atexit
import contextlib
import os
import sys


class FastExit:
    """Ends the process behind all other exit handlers, those of the tests included.

    Threads that are not daemons have ended by then, too: Python waits for them first
    (https://docs.python.org/3/library/atexit.html).
    """

    def __init__(self) -> None:
        """Registers the handler; what is registered later is called earlier."""
        self._owner = os.getpid()
        self._code: int | None = None
        atexit.register(self._exit)

    def arm(self, code: int) -> None:
        """Says that the run has come to its end; without that, the process ends as any Python does.

        Args:
            code: the exit code.
        """
        self._code = code

    def _exit(self) -> None:
        # A process that a test forked calls the handler as well.
        if self._code is None or os.getpid() != self._owner:
            return
        for stream in (sys.stdout, sys.stderr):
            # A test may have closed or replaced it.
            with contextlib.suppress(AttributeError, OSError, ValueError):
                stream.flush()
        os._exit(self._code)
