"""A run in the background of its terminal gets the terminal while a debugger prompts."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import pytest

# Runs the given statements in a child that the terminal's foreground group does not hold.
_BACKGROUND = """\
import fcntl, os, sys, termios

fcntl.ioctl(0, termios.TIOCSCTTY, 0)
started, go = os.pipe()
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    from hermetic_pytest.pytest_run.terminal import Terminal, in_background
    terminal, parent, own = Terminal(), os.getpgid(os.getppid()), os.getpgrp()
    {statements}
    os._exit(0)
status = os.waitpid(child, os.WUNTRACED)[1]
sys.exit("stopped" if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status))
"""


@pytest.fixture
def terminal() -> Iterator[int]:
    """The far end of a new pseudo-terminal."""
    near, far = pty.openpty()
    yield far
    os.close(near)
    os.close(far)


def _run(code: str, terminal: int) -> tuple[int, str]:
    finished = subprocess.run(
        [sys.executable, "-c", code],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )
    return finished.returncode, finished.stdout


@pytest.mark.parametrize(
    "statements",
    [
        # The terminal serves the debugger, and then the others again.
        "assert in_background(); terminal.pytest_enter_pdb(); assert not in_background(); "
        "terminal.pytest_leave_pdb(); assert os.tcgetpgrp(0) == parent",
        # A debugger within a debugger does not lose who was served before.
        "terminal.pytest_enter_pdb(); terminal.pytest_enter_pdb(); terminal.pytest_leave_pdb(); "
        "assert os.tcgetpgrp(0) == parent",
        # Each debugger of a run is served.
        "terminal.pytest_enter_pdb(); terminal.pytest_leave_pdb(); terminal.pytest_enter_pdb(); "
        "assert os.tcgetpgrp(0) == own",
        # The debugger's `quit` ends the run.
        "terminal.pytest_enter_pdb(); terminal.pytest_unconfigure(); assert os.tcgetpgrp(0) == parent",
        # A run without a debugger leaves the terminal alone.
        "terminal.pytest_leave_pdb(); terminal.pytest_unconfigure(); assert os.tcgetpgrp(0) == parent",
    ],
)
def test_debugger_in_the_background(terminal: int, statements: str) -> None:
    """The debugger's process group is the terminal's foreground for as long as it prompts."""
    assert _run(_BACKGROUND.format(statements=statements), terminal) == (0, "")


def test_group_before_has_ended(terminal: int) -> None:
    """Nobody to give the terminal back to is no error."""
    statements = "terminal._served_before = 2**22 - 1; terminal.pytest_leave_pdb()"
    assert _run(_BACKGROUND.format(statements=statements), terminal) == (0, "")


@pytest.mark.parametrize("claim", ["fcntl.ioctl(0, termios.TIOCSCTTY, 0)", "pass"])
def test_not_in_the_background(terminal: int, claim: str) -> None:
    """A run in the foreground, or at a terminal of another session, needs nothing."""
    imports = "import fcntl, termios\nfrom hermetic_pytest.pytest_run.terminal import in_background"
    code = f"{imports}\n{claim}\nprint(in_background())"
    assert _run(code, terminal) == (0, "False\n")


def test_no_terminal() -> None:
    """Standard input is no terminal under `bazel test`."""
    code = "from hermetic_pytest.pytest_run.terminal import in_background; print(in_background())"
    output = subprocess.check_output([sys.executable, "-c", code], stdin=subprocess.DEVNULL, text=True)
    assert output == "False\n"
