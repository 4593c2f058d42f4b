"""The crash of a process that a test forks is in the log, as with bare pytest, and hides nothing else."""

import pathlib

import pytest

from tests.supervision.supervised_run import run

_FORKS = """
import os, signal, threading

def test_it():
    pid = os.fork()
    if not pid:
        os.kill(os.getpid(), signal.SIGSEGV)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGSEGV
"""

# More than `faulthandler_timeout`, counted from the beginning of the test.
_TAKES_LONG = "    threading.Event().wait(1.5)\n"


@pytest.mark.parametrize(
    ("suite", "options", "expected"),
    [
        (_FORKS, (), ["Fatal Python error: Segmentation fault", "in test_it"]),
        (
            _FORKS + _TAKES_LONG,
            ("-o", "faulthandler_timeout=1"),
            ["Fatal Python error: Segmentation fault", "Timeout (0:00:01)!", "in test_it"],
        ),
    ],
    ids=["alone", "before a test that takes long"],
)
@pytest.mark.parametrize("supervised", [True, False], ids=["supervised", "bare"])
def test_crash(
    tmp_path: pathlib.Path, suite: str, options: tuple[str, ...], expected: list[str], *, supervised: bool
) -> None:
    """What faulthandler says of the child is said once, and the test passes."""
    (tmp_path / "forks_test.py").write_text(suite, encoding="utf-8")
    code, log = run(tmp_path, *options, "forks_test.py", supervised=supervised)
    assert code == 0, log
    assert [log.count(text) for text in expected[:-1]] == [1] * (len(expected) - 1), log
    assert expected[-1] in log
