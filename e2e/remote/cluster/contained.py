"""A program in process and user namespaces of its own, with which all that it ever started ends."""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Longer than any server needs to listen on a machine that is busy with other things.
_PATIENCE_SECONDS = 120

_LOG_LINES = 15


class ServerError(Exception):
    """A server ended, or does not get ready."""


@dataclass(frozen=True)
class Container:
    """What a program sees.

    Attributes:
        bwrap: the path of bubblewrap.
        user: the user id that the program seems to have.
        options: further options of bubblewrap, see `man bwrap`.
    """

    bwrap: str
    user: int
    options: tuple[str, ...] = ()

    def command(self, argv: Sequence[str], info: int) -> list[str]:
        """Composes what runs a program.

        Args:
            argv: the program and its arguments.
            info: the descriptor that bubblewrap tells its child's process id on.

        Returns:
            bubblewrap's command line. /proc stays the machine's, since over a masked one no inner sandbox gets its own.
        """
        user = ("--unshare-user", "--uid", str(self.user), "--gid", str(self.user))
        view = ("--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--bind", "/proc", "/proc")
        ends = ("--unshare-pid", "--die-with-parent", "--info-fd", str(info))
        return [self.bwrap, *user, *ends, *view, *self.options, "--", *argv]


class Contained:
    """A running program. `kill` ends it and all its processes, as does the end of this process."""

    def __init__(self, name: str, argv: Sequence[str], *, container: Container, log: pathlib.Path) -> None:
        """Starts the program.

        Args:
            name: what errors call it.
            argv: the program and its arguments.
            container: what it sees.
            log: the file for its output, which is appended to.
        """
        self.name = name
        self.log = log
        reading, writing = os.pipe()
        with log.open("ab") as output, os.fdopen(reading, encoding="utf-8") as info:
            self._process = subprocess.Popen(
                container.command(argv, writing),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(writing,),
                # Ctrl-C in a terminal is for whoever started this program, which then ends it.
                start_new_session=True,
            )
            os.close(writing)
            # The inner process group's first process; all others of the namespace die with it.
            self._first = _open_process(info.read())

    def go_on(self) -> None:
        """Closes the program's standard input, on which it may wait."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def has_ended(self) -> bool:
        """Tells whether the program is gone."""
        return self._process.poll() is not None

    def check(self) -> None:
        """Checks that the program runs.

        Raises:
            ServerError: it ended.
        """
        if self.has_ended():
            raise ServerError(f"{self.name} ended with exit code {self._process.returncode}; {self._end_of_log()}")

    def wait_until(self, ready: Callable[[], object], what: str) -> None:
        """Waits for a condition.

        Args:
            ready: returns something true if it holds.
            what: the condition in words, such as "listens".

        Raises:
            ServerError: the program ended before, or the condition does not come true.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise ServerError(f"{self.name}: not after {_PATIENCE_SECONDS} s: {what}; {self._end_of_log()}")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)

    def wait(self) -> None:
        """Waits for the end of a program that ends by itself.

        Raises:
            ServerError: it failed.
        """
        try:
            if self._process.wait() != 0:
                self.check()
        finally:
            self.kill()

    def fileno(self) -> int:
        """Returns a descriptor that can be read once the program is gone, for `select`."""
        assert self._first is not None
        return self._first

    def join(self) -> None:
        """Waits until a program is gone whose descriptor can be read.

        Raises:
            ServerError: always.
        """
        self._process.wait()
        self.check()

    def kill(self) -> None:
        """Ends the program and all that it started, and returns when they are gone."""
        if self._first is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._first, signal.SIGKILL)
            os.close(self._first)
            self._first = None
        else:
            self._process.kill()
        self._process.communicate()

    def _end_of_log(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
        return f"{self.log} ends with:\n" + "\n".join(f"    {line}" for line in lines)


def _open_process(info: str) -> int | None:
    """Opens the process that bubblewrap told of; None if bubblewrap failed before."""
    try:
        return os.pidfd_open(json.loads(info)["child-pid"])
    except (ValueError, ProcessLookupError):
        return None
