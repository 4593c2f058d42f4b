"""Console scripts of the closure's distributions are programs on PATH, and run in the closure."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest


def test_found() -> None:
    """A script is found beside the Python that runs it, before any of the machine's."""
    found = shutil.which("hermetic-sample")
    assert found is not None
    assert pathlib.Path(found).parent == pathlib.Path(sys.executable).parent


@pytest.mark.parametrize("env", [None, {}])
def test_runs(env: dict[str, str] | None) -> None:
    """A script gets its arguments, gives its exit code, and is run by the closure's Python in any environment."""
    program = shutil.which("hermetic-sample")
    assert program is not None
    finished = subprocess.run([program, "a b", "c"], env=env, stdout=subprocess.PIPE, text=True, check=False)
    assert (finished.returncode, finished.stdout) == (3, f"{sys.executable} a b c\n")


def test_shell() -> None:
    """A script is found by a shell in another folder."""
    finished = subprocess.run("cd / && hermetic-sample x", shell=True, stdout=subprocess.PIPE, text=True, check=False)
    assert finished.stdout == f"{sys.executable} x\n"


@pytest.mark.parametrize(("name", "line"), [("pytest", "pytest {}"), ("py.test", "pytest {}")])
def test_of_a_wheel(name: str, line: str) -> None:
    """A wheel's script runs the wheel that the test imports."""
    output = subprocess.check_output([name, "--version"], stderr=subprocess.STDOUT, text=True)
    assert output.strip() == line.format(pytest.__version__)


def test_none_of_others() -> None:
    """What the closure's distributions do not bring is not among the scripts."""
    names = os.listdir(os.path.dirname(sys.executable))
    assert not {"pip", "pip3", "coverage", "easy_install"} & set(names)


def test_in_an_inner_run(pytester: pytest.Pytester) -> None:
    """An inner run's tests find the script, too."""
    pytester.makepyfile(
        "import subprocess\n\ndef test_it(): assert subprocess.run(['hermetic-sample']).returncode == 3"
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
