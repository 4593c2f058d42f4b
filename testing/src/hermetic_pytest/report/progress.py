"""Shows how far a long reading is."""

import time
from collections.abc import Callable
from typing import TextIO

# How often a terminal's line is written anew, and how often a further line is added elsewhere.
_TERMINAL_SECONDS = 0.1
_LOG_SECONDS = 5.0


class Progress:
    """Writes one line that changes on a terminal, and a line every few seconds elsewhere."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic, *, program: str = "report") -> None:
        """Takes where to write.

        Args:
            stream: standard error.
            clock: returns seconds.
            program: what each line starts with.
        """
        self._program = program
        self._stream = stream
        self._clock = clock
        self._is_terminal = stream.isatty()
        # Short readings are over before a log has anything to tell.
        self._next = clock() + (0.0 if self._is_terminal else _LOG_SECONDS)

    def __call__(self, done: int, total: int) -> None:
        """Tells how far the reading is.

        Args:
            done: how many results are read.
            total: how many there are.
        """
        now = self._clock()
        if self._is_terminal and (now >= self._next or done == total):
            self._next = now + _TERMINAL_SECONDS
            self._write(f"\r\x1b[K{self._program}: {done:,} of {total:,} results" + ("\n" if done == total else ""))
        elif not self._is_terminal and now >= self._next:
            self._next = now + _LOG_SECONDS
            self._write(f"{self._program}: {done:,} of {total:,} results\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
