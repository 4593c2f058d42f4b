"""A run that dies or hangs is never green, loses no result, and names the test that it was at."""

import dataclasses

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

# Every file begins with a test that passes: its result must survive.
_FINISHED = """\
import asyncio, ctypes, itertools, os, signal, subprocess, sys, threading, time
import pytest

def test_before():
    pass

"""


@dataclasses.dataclass(frozen=True)
class Row:
    """One way to end, and what must be known of it.

    Attributes:
        code: what follows the test that passes.
        culprit: the case that test.xml blames, below the file's own name.
        said: what the log says of it.
    """

    code: str
    culprit: str
    said: str


_DEATHS = {
    "segfault": Row("def test_it():\n    ctypes.string_at(0)\n", "test_it", "killed by signal 11 (SIGSEGV), in the call of"),
    "exit_0": Row("def test_it():\n    os._exit(0)\n", "test_it", "exited with code 0 before pytest was done"),
    "exit_3": Row("def test_it():\n    os._exit(3)\n", "test_it", "exited with code 3 before pytest was done"),
    "sys_exit": Row("def test_it():\n    sys.exit(0)\n", "test_it", "SystemExit: 0"),
    "sigkill": Row("def test_it():\n    os.kill(os.getpid(), 9)\n", "test_it", "killed by signal 9 (SIGKILL)"),
    "sigterm": Row("def test_it():\n    os.kill(os.getpid(), 15)\n    time.sleep(60)\n", "test_it", "killed by signal 15 (SIGTERM)"),
    "teardown": Row(
        "@pytest.fixture\ndef thing():\n    yield\n    os._exit(0)\n\ndef test_it(thing):\n    pass\n",
        "test_it",
        "in the teardown of",
    ),
    "at_exit": Row(
        "import atexit\natexit.register(os._exit, 0)\n\ndef test_it():\n    assert False\n", "shutdown", "exited with code 0 after pytest had ended with exit code 1, after all tests"
    ),
}


def _timeouts() -> dict[str, Row]:
    return {
        "sleep": Row("def test_it():\n    time.sleep(60)\n", "test_it", "in test_it"),
        "gil": Row("def test_it():\n    sum(itertools.repeat(0, 10**15))\n", "test_it", "in test_it"),
        "await": Row(
            "async def wait_for_it():\n    await asyncio.sleep(60)\n\n"
            "async def test_it():\n    async with asyncio.TaskGroup() as group:\n"
            "        group.create_task(wait_for_it(), name='the waiting task')\n",
            "test_it",
            "the waiting task",
        ),
        "gil_in_task": Row(
            "async def wait_for_it():\n    await asyncio.sleep(60)\n\n"
            "async def test_it():\n    async with asyncio.TaskGroup() as group:\n"
            "        group.create_task(wait_for_it(), name='the waiting task')\n"
            "        await asyncio.sleep(0)\n        sum(itertools.repeat(0, 10**15))\n",
            "test_it",
            "the waiting task",
        ),
        "surviving_child": Row(
            "def test_it():\n    subprocess.Popen(['sleep', '60'], start_new_session=True).wait()\n", "test_it", "in test_it"
        ),
        "slow_teardown": Row(
            "@pytest.fixture\ndef thing():\n    yield\n    time.sleep(60)\n\ndef test_it(thing):\n    pass\n",
            "test_it",
            "in the teardown of",
        ),
        "stuck_thread": Row(
            "def wait_for_it():\n    time.sleep(60)\n\ndef test_it():\n    threading.Thread(target=wait_for_it).start()\n",
            "shutdown",
            "in wait_for_it",
        ),
    }


_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name[:-3],
        srcs = [name],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in glob(["*_test.py"])
]
"""


def _run(bazel: NestedBazel, package: str, rows: dict[str, Row], *flags: str) -> Invocation:
    bazel.write({f"{package}/BUILD.bazel": _BUILD})
    bazel.write({f"{package}/{name}_test.py": _FINISHED + row.code for name, row in rows.items()})
    return bazel.test(f"//{package}/...", "--keep_going", *flags)


@pytest.fixture(scope="module")
def deaths(nested_bazel: NestedBazel) -> Invocation:
    """One run over a target for each way to die."""
    return _run(nested_bazel, "dies", _DEATHS)


@pytest.fixture(scope="module")
def timeouts(nested_bazel: NestedBazel) -> Invocation:
    """One run over a target for each way to hang."""
    return _run(nested_bazel, "hangs", _timeouts(), "--test_timeout=6")


def _check_cases(invocation: Invocation, label: str, culprit: str) -> None:
    cases = invocation.tests[label].cases()
    blamed = [case for case, outcome in cases.items() if outcome in ("error", "failure")]
    assert cases[f"{label[2:].replace('/', '.').replace(':', '.')}::test_before"] == "passed"
    assert any(case.endswith(f"::{culprit}") for case in blamed), cases


@pytest.mark.parametrize("name", _DEATHS)
def test_death(deaths: Invocation, name: str) -> None:
    """Bazel reports a failure; the log says how the process died and in which test."""
    label = f"//dies:{name}_test"
    result = deaths.tests[label]
    assert result.status == "FAILED", result.log
    assert _DEATHS[name].said in result.log
    _check_cases(deaths, label, _DEATHS[name].culprit)


@pytest.mark.parametrize("name", _timeouts())
def test_timeout(timeouts: Invocation, name: str) -> None:
    """Bazel reports a timeout; the log has the stacks of the threads and tasks that were waiting."""
    label = f"//hangs:{name}_test"
    result = timeouts.tests[label]
    assert result.status == "TIMEOUT", result.log
    assert _timeouts()[name].said in result.log
    _check_cases(timeouts, label, _timeouts()[name].culprit)
