"""A workspace with a target for each way in which tests can end, and for each thing that they can use."""

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "subject",
    srcs = ["subject.py"],
)

[
    py_test(
        name = name,
        timeout = "short" if name == "hanging_test" else "moderate",
        srcs = [name + ".py"],
        flaky = name == "flaky_test",
        shard_count = 3 if name == "sharded_test" else None,
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in [
        "crashing_test",
        "exiting_test",
        "flaky_test",
        "hanging_test",
        "outcomes_test",
        "outputs_test",
        "pytester_test",
        "sharded_test",
    ]
]

py_test(
    name = "measured_test",
    srcs = ["measured_test.py"],
    deps = [":subject"],
)
"""

_CRASHING = """\
import ctypes

def test_before(): pass

def test_crashes():
    ctypes.string_at(0)

def test_after(): pass
"""

_EXITING = """\
import os

def test_before(): pass

def test_exits():
    os._exit(0)
"""

# It fails in each attempt: a state that another attempt finds is what neither a sandbox nor a worker keeps.
_FLAKY = """\
def test_stable(): pass

def test_flaky():
    assert not "stable"
"""

_HANGING = """\
import asyncio

async def test_before(): pass

async def test_hangs():
    await asyncio.Event().wait()
"""

_OUTCOMES = """\
import pytest

@pytest.fixture
def broken():
    raise RuntimeError("broken")

def test_passes(): pass

def test_fails():
    left = {"a": 1}
    assert left == {"a": 2}

def test_errs(broken): pass

def test_skips():
    pytest.skip("skipped on purpose")

@pytest.mark.xfail
def test_fails_as_expected():
    assert False
"""

_OUTPUTS = """\
import os
import pathlib

def test_writes():
    pathlib.Path(os.environ["TEST_UNDECLARED_OUTPUTS_DIR"], "written.txt").write_text("by a test")
"""

_PYTESTER = """\
import subprocess
import sys

def test_in_process(pytester):
    pytester.makepyfile("def test_inner(): pass")
    pytester.runpytest_inprocess().assert_outcomes(passed=1)

def test_subprocess(pytester):
    pytester.makepyfile("def test_inner(): pass")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)

def test_interpreter():
    code = "import pytest; print(pytest.__file__)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.endswith(".py\\n")
"""

_SHARDED = """\
import pytest

@pytest.mark.parametrize("number", range(7))
def test_number(number):
    assert number != 5
"""

_SUBJECT = """\
def half(number):
    if number % 2:
        return None
    return number // 2
"""

_MEASURED = """\
import importlib.util
import pathlib
from scenarios import subject

def test_half():
    assert subject.half(4) == 2

def test_bytecode():
    bytecode = pathlib.Path(subject.__cached__)
    assert bytecode.is_file()
    assert importlib.util.cache_from_source(subject.__file__) == str(bytecode)
"""

# On a worker alone: the properties choose it, and nothing but the inputs is there.
_WORKER_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name + "_test",
        srcs = ["worker_test.py"],
        env = {"WORKER": name},
        exec_properties = {"pool": name},
        tags = ["manual"],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in ["large", "small"]
]
"""

_WORKER = """\
import os
import pathlib
import pwd
import socket
import sys

import pytest

def test_properties():
    assert pwd.getpwuid(0).pw_gecos == os.environ["WORKER"]

def test_no_python_but_the_builds():
    assert sys.base_prefix.endswith("python_3_14")
    assert not os.access("/usr/bin/python3", os.X_OK)
    assert [path for path in sys.path if not path.startswith(os.environ["TEST_SRCDIR"])] == []

def test_nothing_of_the_client():
    assert [name for name, value in os.environ.items() if "{client}" in value] == []
    assert not pathlib.Path("{client}").exists()

def test_no_network():
    with socket.socket() as client, pytest.raises(OSError):
        client.connect(("127.0.0.1", {port}))
"""


def worker_files(client: str, port: int) -> dict[str, str]:
    """Writes the targets `large_test` and `small_test`, which look around on their workers.

    Args:
        client: a folder of the client's that a worker does not have.
        port: a port on the client's loopback interface.

    Returns:
        Texts by name.
    """
    test = _WORKER.replace("{client}", client).replace("{port}", str(port))
    return {"BUILD.bazel": _WORKER_BUILD, "worker_test.py": test}


SCENARIOS = {
    "BUILD.bazel": _BUILD,
    "crashing_test.py": _CRASHING,
    "exiting_test.py": _EXITING,
    "flaky_test.py": _FLAKY,
    "hanging_test.py": _HANGING,
    "measured_test.py": _MEASURED,
    "outcomes_test.py": _OUTCOMES,
    "outputs_test.py": _OUTPUTS,
    "pytester_test.py": _PYTESTER,
    "sharded_test.py": _SHARDED,
    "subject.py": _SUBJECT,
}

# Bazel's status of each target, and the outcomes of its tests.
STATUSES = {
    "crashing_test": "FAILED",
    "exiting_test": "FAILED",
    "flaky_test": "FAILED",
    "hanging_test": "TIMEOUT",
    "measured_test": "PASSED",
    "outcomes_test": "FAILED",
    "outputs_test": "PASSED",
    "pytester_test": "PASSED",
    "sharded_test": "FAILED",
}
