"""The file that tells Bazel of a runner that ended early."""

import os
import pathlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.supervision.premature_exit import premature_exit_guard


def test_is_there_while_the_runner_runs(tmp_path: pathlib.Path) -> None:
    """The file comes first and goes last."""
    path = tmp_path / "premature"
    with premature_exit_guard(path):
        assert path.exists()
    assert not path.exists()


def test_stays_when_the_runner_is_killed(tmp_path: pathlib.Path) -> None:
    """A process that does not come to its end leaves the file behind."""
    path = tmp_path / "premature"
    pid = os.fork()
    if pid == 0:
        with premature_exit_guard(path):
            os._exit(0)
    os.waitpid(pid, 0)
    assert path.exists()


def test_a_forked_process_leaves_the_file(tmp_path: pathlib.Path) -> None:
    """The process that made the file is the one to remove it."""
    path = tmp_path / "premature"
    guard = premature_exit_guard(path)
    with guard:
        pid = os.fork()
        if pid == 0:
            guard.__exit__(None, None, None)
            os._exit(0)
        os.waitpid(pid, 0)
        assert path.exists()


def test_none_is_asked_for() -> None:
    """Bazel before 8 does not name a file."""
    with premature_exit_guard(None):
        pass


def test_unwritable(tmp_path: pathlib.Path) -> None:
    """The error names the variable, its value, the reason and the way out."""
    path = tmp_path / "missing" / "premature"
    with pytest.raises(LauncherError) as raised, premature_exit_guard(path):
        pytest.fail("the run was started")
    assert str(raised.value) == (
        f"environment variable TEST_PREMATURE_EXIT_FILE is '{path}', which cannot be written "
        f"(No such file or directory); unset it or set it as Bazel does, to a file in a writable folder"
    )
