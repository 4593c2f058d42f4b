"""How a process ended."""

import os
import signal
from dataclasses import dataclass


@dataclass(frozen=True)
class Ending:
    """What wait(2) tells of a process.

    Attributes:
        code: the exit code, None for a process that a signal ended.
        signal: the signal's number, None for a process that exited.
    """

    code: int | None = None
    signal: int | None = None

    @classmethod
    def from_status(cls, status: int) -> "Ending":
        """Reads a status of os.waitpid.

        Args:
            status: the status of a process that has ended.

        Returns:
            The ending.
        """
        code = os.waitstatus_to_exitcode(status)
        return cls(signal=-code) if code < 0 else cls(code=code)

    @property
    def failure_code(self) -> int:
        """An exit code that is never 0: a signal's is what a shell makes of it."""
        if self.signal is not None:
            return 128 + self.signal
        return self.code or 1

    def __str__(self) -> str:
        """Says how the process ended, for an error's text."""
        if self.signal is None:
            return f"the process exited with code {self.code}"
        try:
            name = signal.Signals(self.signal).name
        except ValueError:
            name = "a real-time signal"
        return f"the process was killed by signal {self.signal} ({name})"
