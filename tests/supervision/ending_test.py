"""How a process ended, in words and as an exit code."""

import os
import signal

import pytest
from hermetic_pytest.supervision.ending import Ending


def _ending_of(child_ends: str) -> Ending:
    pid = os.fork()
    if pid == 0:
        if child_ends == "by signal":
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(int(child_ends))
    return Ending.from_status(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize(
    ("child_ends", "text", "failure_code"),
    [
        ("0", "the process exited with code 0", 1),
        ("3", "the process exited with code 3", 3),
        ("by signal", "the process was killed by signal 9 (SIGKILL)", 137),
    ],
)
def test_endings(child_ends: str, text: str, failure_code: int) -> None:
    """An ending that must not be taken for success has no exit code of 0."""
    ending = _ending_of(child_ends)
    assert str(ending) == text
    assert ending.failure_code == failure_code


@pytest.mark.skipif(not hasattr(signal, "SIGRTMIN"), reason="this system has no real-time signals")
def test_signal_without_a_name() -> None:
    """Real-time signals between the first and the last have no names."""
    number = signal.SIGRTMIN + 1
    assert str(Ending(signal=number)) == f"the process was killed by signal {number} (a real-time signal)"
