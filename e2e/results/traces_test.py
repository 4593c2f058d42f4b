"""A test finds in its process what it finds in bare pytest's, and no more than a few documented things besides."""

import json
import pathlib
import re
import signal
from collections import Counter
from typing import Any

import pytest

from e2e.support.nested_bazel import NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_test.bzl", bare_py_test = "py_test")

py_test(
    name = "target_test",
    srcs = ["traces_test.py"],
    deps = ["@hermetic_pytest//testing:conftest"],
)

bare_py_test(
    name = "bare_test",
    srcs = [
        "bare.py",
        "traces_test.py",
    ],
    main = "bare.py",
    deps = ["@hermetic_pytest//testing:conftest"],
)
"""

_BARE = """\
import pathlib
import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["-p", "no:cacheprovider", str(pathlib.Path(__file__).with_name("traces_test.py"))]))
"""

_TRACES = """\
import atexit
import gc
import json
import os
import pathlib
import signal
import threading
import warnings

def signals(field):
    # As the kernel sees them: a handler may be in C.
    line = next(line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith(field))
    bits = int(line.split()[1], 16)
    return [number for number in range(1, 65) if bits >> (number - 1) & 1]

def descriptor(folder, name):
    # The listing itself is gone by now.
    return os.readlink(folder / name) if (folder / name).is_symlink() else ""

def test_traces():
    folder = pathlib.Path("/proc/self/fd")
    traces = {
        "file descriptors": [descriptor(folder, name) for name in os.listdir(folder)],
        "threads": [thread.name for thread in threading.enumerate()] + os.listdir("/proc/self/task")[1:],
        "signal handlers in Python": {number.name: str(signal.getsignal(number)) for number in signal.Signals},
        "signals caught": signals("SigCgt"),
        "signals ignored": signals("SigIgn"),
        "signals blocked": signals("SigBlk"),
        "variables": dict(os.environ),
        "exit handlers": atexit._ncallbacks(),
        "warnings filters": [str(entry) for entry in warnings.filters],
    }
    pathlib.Path(os.environ["TEST_UNDECLARED_OUTPUTS_DIR"], "traces.json").write_text(json.dumps(traces))

def test_forked_child_warns_of_nothing(capfd):
    warnings.simplefilter("always")
    child = os.fork()
    if child == 0:
        gc.collect()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert capfd.readouterr() == ("", "")
"""


# What a target has besides, and why: docs/hermeticity.md.
_FILE_OF_STACKS = "memfd:hermetic_pytest (deleted)"
_COPY_OF_STANDARD_ERROR = "test.log"
_SIGNALS = [signal.SIGTERM, signal.SIGRTMAX]
_VARIABLES = {"HOME", "LANG", "PYTHONDONTWRITEBYTECODE"}
_OTHER_VALUES = {"PATH", "TMPDIR"}
# Of Bazel's Python rules, for their own process.
_NOT_IN_TARGETS = {"PYTHONPATH", "PYTHONSAFEPATH"}


@pytest.fixture(scope="module")
def traces(nested_bazel: NestedBazel) -> tuple[dict[str, Any], dict[str, Any]]:
    """What one and the same test finds in a target, and what it finds in a plain `py_test` whose main calls pytest."""
    nested_bazel.write({"pkg/BUILD.bazel": _BUILD, "pkg/bare.py": _BARE, "pkg/traces_test.py": _TRACES})
    run = nested_bazel.test("--nozip_undeclared_test_outputs", "//pkg:target_test", "//pkg:bare_test")
    for result in run.tests.values():
        assert result.status == "PASSED", result.log
    return _read(nested_bazel, "target_test"), _read(nested_bazel, "bare_test")


def _read(nested_bazel: NestedBazel, name: str) -> dict[str, Any]:
    outputs = nested_bazel.workspace / "bazel-testlogs/pkg" / name / "test.outputs/traces.json"
    # In paths of both are the target's name, the number of its sandbox and a hash of its own.
    text = re.sub(r"sandbox/\d+|_tmp/[0-9a-f]+", "", outputs.read_text("utf-8").replace(name, "x_test"))
    traces: dict[str, Any] = json.loads(text)
    return traces


def _files(traces: dict[str, Any]) -> Counter[str]:
    return Counter(re.sub(r"\d+", "", pathlib.PurePath(file).name) for file in traces["file descriptors"])


@pytest.mark.parametrize(
    "kind",
    [
        "exit handlers",
        "signal handlers in Python",
        "signals blocked",
        "signals ignored",
        "threads",
        "warnings filters",
    ],
)
def test_same(traces: tuple[dict[str, Any], dict[str, Any]], kind: str) -> None:
    """The launcher adds nothing, and takes nothing away."""
    target, bare = traces
    assert target[kind] == bare[kind]


def test_file_descriptors(traces: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """As many files are open; what pytest's faulthandler writes to is a file without a name, for Bazel's log."""
    target, bare = traces
    assert _files(target) + Counter([_COPY_OF_STANDARD_ERROR]) == _files(bare) + Counter([_FILE_OF_STACKS])


def test_signals_caught(traces: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Two signals are caught in C besides, which Python does not know of."""
    target, bare = traces
    assert target["signals caught"] == sorted([*bare["signals caught"], *_SIGNALS])


def test_variables(traces: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """The documented variables differ, and no other."""
    target, bare = (found["variables"] for found in traces)
    assert target.keys() - bare.keys() == _VARIABLES
    assert bare.keys() - target.keys() <= _NOT_IN_TARGETS
    assert {name for name in target.keys() & bare.keys() if target[name] != bare[name]} == _OTHER_VALUES
