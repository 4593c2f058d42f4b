"""Commands that end well, and others."""

import os
import pathlib
import sys

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.processes import milliseconds, run


def test_run(tmp_path: pathlib.Path) -> None:
    """A command's output comes back, without what it says on standard error."""
    program = "import os, sys; print(os.getcwd()); print('progress', file=sys.stderr)"
    assert run([sys.executable, "-c", program], tmp_path, os.environ) == f"{tmp_path}\n"


def test_failure(tmp_path: pathlib.Path) -> None:
    """A failed command is named with its end, its folder, and its last words."""
    program = "print('word ' * 2); raise SystemExit(3)"
    with pytest.raises(BenchmarkError) as error:
        run([sys.executable, "-c", program], tmp_path, os.environ)
    assert str(error.value) == (
        f"{sys.executable} -c {program} ended with 3, expected 0; run it in {tmp_path} to see all of what it says, "
        "which ends with:\nword word "
    )


def test_milliseconds(tmp_path: pathlib.Path) -> None:
    """Wall time counts, not processor time."""
    program = "import time; time.sleep(0.2)"
    assert milliseconds([sys.executable, "-c", program], tmp_path, os.environ) >= 200
