"""Runs pytest on a folder under the supervisor, in processes of their own."""

import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

_PROGRAM = """
import pathlib, sys
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.run import Run
from hermetic_pytest.supervision.supervised_run import run_supervised

def run_pytest(plugins):
    import pytest
    return int(pytest.main(sys.argv[2:], plugins))

scratch = pathlib.Path.cwd()
manifest = Manifest(label="//pkg:x_test", main="", repository="", test_files=(), conftest="")
bazel = BazelEnvironment(xml_output_file=scratch / "bazel.xml", timeout=int(sys.argv[1]) or None)
run = Run(manifest=manifest, bazel=bazel, runfiles=scratch, scratch=scratch)
sys.exit(run_supervised(run, run_pytest))
"""

# The user's settings and the folder's are none of these runs'.
OPTIONS = ("-c", os.devnull, "-p", "no:cacheprovider", "--rootdir=.")


def start(
    folder: pathlib.Path, *arguments: str, supervised: bool = True, timeout: int = 0, output: int = subprocess.PIPE
) -> "subprocess.Popen[str]":
    """Starts a run.

    Args:
        folder: where it runs.
        *arguments: pytest's.
        supervised: whether it runs under the supervisor, which writes bazel.xml, or as bare pytest.
        timeout: TEST_TIMEOUT, in seconds; 0 for none.
        output: what takes its output and errors.

    Returns:
        The process.
    """
    command = ["-c", _PROGRAM, str(timeout)] if supervised else ["-m", "pytest"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "TEST", "XML"))}
    return subprocess.Popen(
        [sys.executable, *command, *OPTIONS, *arguments],
        cwd=folder,
        env={**environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(folder: pathlib.Path, *arguments: str, supervised: bool = True) -> tuple[int, str]:
    """Runs pytest to its end, with a file for a log, as Bazel has one.

    Args:
        folder: where it runs.
        *arguments: pytest's.
        supervised: whether it runs under the supervisor, or as bare pytest.

    Returns:
        The exit code and the log.
    """
    log = folder / "log"
    with log.open("w", encoding="utf-8") as file:
        code = start(folder, *arguments, supervised=supervised, output=file.fileno()).wait(timeout=300)
    return code, log.read_text(encoding="utf-8")


def case(folder: pathlib.Path, name: str) -> ElementTree.Element:
    """Reads one case of a supervised run's report."""
    (found,) = (each for each in ElementTree.parse(folder / "bazel.xml").iter("testcase") if each.get("name") == name)
    return found
