"""Commands that end well, and others."""

import os
import pathlib
import sys

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.processes import cost, milliseconds, run


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


def test_cost(tmp_path: pathlib.Path) -> None:
    """Wall time has the time that is slept, processor time that of all processes, and no other."""
    work = "import time; end = time.process_time() + 0.1\nwhile time.process_time() < end: pass"
    program = f"import subprocess, sys, time; time.sleep(2); subprocess.run([sys.executable, '-c', {work!r}])"
    taken = cost([sys.executable, "-c", program], tmp_path, os.environ)
    assert taken.wall >= 2000
    assert 100 <= taken.cpu < taken.wall
