"""Runs a program at a terminal, as a user does."""

import os
import pathlib
import pty
import select
import signal
import time
from collections.abc import Mapping, Sequence

# Longer than the machine needs for anything that a test waits for.
_PATIENCE_SECONDS = 60


class PseudoTerminal:
    """A program in the foreground of a terminal of its own, which also tells it to end."""

    def __init__(self, argv: Sequence[str | pathlib.Path], *, cwd: pathlib.Path, environ: Mapping[str, str]) -> None:
        """Starts the program.

        Args:
            argv: the program and its arguments.
            cwd: the working folder.
            environ: all of the environment.
        """
        self.output = ""
        self._seen = 0
        self._pid, self._descriptor = pty.fork()
        if self._pid == 0:
            os.chdir(cwd)
            os.execvpe(argv[0], [str(argument) for argument in argv], environ)

    def expect(self, text: str) -> None:
        """Waits until the program has written a text after what was expected before.

        Args:
            text: the text.

        Raises:
            AssertionError: the program ended or fell silent before.
        """
        while (found := self.output.find(text, self._seen)) < 0:
            assert self._read(), f"expected {text!r}, got:\n{self.output[self._seen :]}"
        self._seen = found + len(text)

    def type(self, line: str) -> None:
        """Types a line.

        Args:
            line: the line without its end.
        """
        os.write(self._descriptor, f"{line}\n".encode())

    def wait(self) -> int:
        """Waits for the program's end.

        Returns:
            The exit code.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._read():
            assert time.monotonic() < deadline, f"the program goes on and on:\n{self.output}"
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        while pid == 0:
            assert time.monotonic() < deadline, f"the program does not end:\n{self.output}"
            time.sleep(0.05)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """Hangs up; a program that goes on is killed."""
        os.close(self._descriptor)
        if self._pid != 0:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)

    def _read(self) -> bool:
        """Takes on what the program wrote; False at the end or when it falls silent."""
        readable, _, _ = select.select([self._descriptor], [], [], _PATIENCE_SECONDS)
        if not readable:
            return False
        try:
            written = os.read(self._descriptor, 65536)
        except OSError:
            # Linux's way to say that nobody holds the other end any more.
            return False
        self.output += written.decode(errors="replace")
        return written != b""
