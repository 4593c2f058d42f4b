"""The Pythons that a test starts take modules' code from the start-up image, and show no trace of it."""

import subprocess
import sys

import pytest

# Whether json, which is in the image, was compiled from source; the build has no bytecode of the standard library.
_COMPILED = """\
import sys
events = []
sys.addaudithook(lambda event, arguments: event == "compile" and events.append(arguments[1]))
import json
print(any(str(name).endswith("/json/__init__.py") for name in events))
"""


def _run(code: str, *options: str) -> str:
    command = [sys.executable, *options, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(("options", "compiled"), [((), "False"), (("-I",), "False"), (("-O",), "True")])
def test_code(options: tuple[str, ...], compiled: str) -> None:
    """A module of the image is not compiled; with `-O`, whose code is another, it is."""
    assert _run(_COMPILED, *options) == compiled


def test_no_trace() -> None:
    """A program starts with no module of the launcher, and with no output."""
    program = "import sys; print([name for name in sys.modules if name.startswith('hermetic_pytest')])"
    assert _run(program) == "[]"


def test_child_of_a_child() -> None:
    """What such a program starts uses the image, too."""
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_COMPILED!r}])"
    assert _run(program) == "False"
