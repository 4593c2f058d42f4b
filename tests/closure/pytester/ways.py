"""The ways in which pytester runs pytest, on a suite of a few tests that pass."""

import shlex
import sys
from collections.abc import Callable

import pytest

# The number of the suite's tests.
COUNT = 3


def _check(result: pytest.RunResult) -> None:
    result.assert_outcomes(passed=COUNT)
    assert result.ret == 0


def _collect(pytester: pytest.Pytester) -> None:
    items, _ = pytester.inline_genitems()
    assert len(items) == COUNT


def _run_source(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("test_inner.py").unlink()
    pytester.inline_runsource("def test_it(): pass").assertoutcome(passed=1)


def _talk(pytester: pytest.Pytester, *command: str) -> None:
    pexpect = pytest.importorskip("pexpect")
    child = pytester.spawn(shlex.join(command)) if command else pytester.spawn_pytest("")
    child.expect(f"{COUNT} passed")
    child.expect(pexpect.EOF)
    assert child.wait() == 0


# The ways of https://docs.pytest.org/en/stable/reference/reference.html#pytest.Pytester to run pytest.
WAYS: dict[str, Callable[[pytest.Pytester], object]] = {
    "runpytest": lambda pytester: _check(pytester.runpytest()),
    "runpytest_inprocess": lambda pytester: _check(pytester.runpytest_inprocess()),
    "runpytest_subprocess": lambda pytester: _check(pytester.runpytest_subprocess()),
    "run -m": lambda pytester: _check(pytester.run(sys.executable, "-m", "pytest")),
    "run script": lambda pytester: _check(pytester.run("pytest")),
    "runpython": lambda pytester: _check(pytester.runpython(pytester.path / "run.py")),
    "runpython_c": lambda pytester: _check(pytester.runpython_c("import pytest; pytest.main()")),
    "inline_run": lambda pytester: pytester.inline_run().assertoutcome(passed=COUNT),
    "inline_runsource": _run_source,
    "inline_genitems": _collect,
    "parseconfigure": lambda pytester: pytester.parseconfigure(),
    "spawn_pytest": _talk,
    "spawn": lambda pytester: _talk(pytester, sys.executable, "-m", "pytest"),
}
