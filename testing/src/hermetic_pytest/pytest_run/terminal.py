"""Lets a debugger read from the terminal of a run that is kept in the terminal's background."""

import contextlib
import os
import signal

# Standard input.
_TERMINAL = 0


def in_background() -> bool:
    """Tells whether a read from the terminal would stop the process.

    Under `bazel run`, Bazel's test-setup.sh puts the test in a process group of its own, which the
    terminal does not serve (SIGTTIN, see tcsetpgrp(3)).

    Returns:
        False also where standard input is no terminal, or not this session's.
    """
    try:
        return os.tcgetpgrp(_TERMINAL) != os.getpgrp()
    except OSError:
        return False


class Terminal:
    """A pytest plugin that has the terminal serve the run while a debugger prompts.

    Not for longer: outside the debugger, Ctrl-C and Ctrl-Z go to the whole of `bazel run`, as the shell expects.
    """

    def __init__(self) -> None:
        self._served_before: int | None = None

    def pytest_enter_pdb(self) -> None:
        """Takes the terminal."""
        if self._served_before is None:
            self._served_before = os.tcgetpgrp(_TERMINAL)
            _serve(os.getpgrp())

    def pytest_leave_pdb(self) -> None:
        """Gives the terminal back."""
        if self._served_before is not None:
            # The group before may have ended: there is nobody to give it back to.
            with contextlib.suppress(OSError):
                _serve(self._served_before)
            self._served_before = None

    def pytest_unconfigure(self) -> None:
        """Gives the terminal back where the debugger's `quit` ended the run; pytest tells no plugin of that."""
        self.pytest_leave_pdb()


def _serve(group: int) -> None:
    """Sets the terminal's foreground group, which stops a caller in the background that does not block SIGTTOU."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        os.tcsetpgrp(_TERMINAL, group)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
