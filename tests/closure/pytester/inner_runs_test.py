"""pytester runs pytest in all its ways, and each time with the closure's pytest and plugins."""

import asyncio
import os
import pathlib

import pytest

from tests.closure.pytester.inner_suite import run_suite, write_suite
from tests.closure.pytester.ways import WAYS

# Filled by an inner run in this process.
LOOPS: list[asyncio.AbstractEventLoop] = []

_ASYNC = """\
import asyncio

import pytest

from tests.closure.pytester.inner_runs_test import LOOPS

@pytest.mark.anyio
async def test_loop(anyio_backend_name):
    LOOPS.append(asyncio.get_running_loop())
"""


_IN_PROCESS = {"runpytest_inprocess", "inline_run", "inline_runsource", "inline_genitems", "parseconfigure"}


@pytest.mark.parametrize("way", WAYS)
def test_run(pytester: pytest.Pytester, pytestconfig: pytest.Config, way: str) -> None:
    """The run's tests pass, with the same pytest as the run around it, in this process or in one of its own."""
    write_suite(pytester)
    seen = run_suite(pytester, way)
    assert seen["pytest"] == pytest.__file__
    is_here = way in _IN_PROCESS or (way == "runpytest" and pytestconfig.getoption("--runpytest") == "inprocess")
    assert (seen["process"] == os.getpid()) is is_here


@pytest.mark.parametrize("way", ["runpytest_inprocess", "runpytest_subprocess"])
def test_twice(pytester: pytest.Pytester, way: str) -> None:
    """A second run in one test does not see modules of the first."""
    for value in ("first", "second"):
        pytester.makepyfile(
            helper=f"VALUE = {value!r}", test_it=f"import helper\n\ndef test_it(): assert helper.VALUE == {value!r}"
        )
        getattr(pytester, way)("--import-mode=prepend").assert_outcomes(passed=1)


@pytest.mark.parametrize("way", ["runpytest_inprocess", "runpytest_subprocess"])
def test_outcomes_of_the_inner_run_alone(pytester: pytest.Pytester, way: str) -> None:
    """What fails, errs or skips in an inner run is reported to the test, and changes nothing around it."""
    pytester.makepyfile(
        """
        import pytest

        def test_fails(): assert 6 * 9 == 42
        def test_errs(missing): pass
        def test_skips(): pytest.skip("why not")
        @pytest.mark.xfail
        def test_fails_as_expected(): assert 0
        """
    )
    result = getattr(pytester, way)()
    result.assert_outcomes(failed=1, errors=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*assert (6 * 9) == 42"])


@pytest.mark.parametrize("end", ["os._exit(3)", "os.abort()"])
def test_death_in_a_subprocess(pytester: pytest.Pytester, end: str) -> None:
    """An inner run that dies is that run's own failure."""
    pytester.makepyfile(f"import os\n\ndef test_dies(): {end}")
    assert pytester.runpytest_subprocess().ret not in (0, 1)


@pytest.fixture
async def loop() -> asyncio.AbstractEventLoop:
    """The loop of this run's async tests."""
    return asyncio.get_running_loop()


def test_loop(pytester: pytest.Pytester, loop: asyncio.AbstractEventLoop) -> None:
    """Async tests of an inner run in this process have a loop of their own, and leave the outer one open."""
    LOOPS.clear()
    pytester.makepyfile(_ASYNC)
    pytester.inline_run("-p", "no:asyncio").assertoutcome(passed=1)
    assert len(LOOPS) == 1
    assert LOOPS[0] is not loop
    assert not loop.is_closed()


async def test_loop_goes_on(loop: asyncio.AbstractEventLoop) -> None:
    """The loop of this run's async tests still runs."""
    assert loop is asyncio.get_running_loop()


def test_folder(pytester: pytest.Pytester) -> None:
    """An inner run's files are in the run's temporary folder, whose path leaves room for a socket's name."""
    assert pytester.path.is_relative_to(pathlib.Path(os.environ["TMPDIR"]))
    assert len(os.fsencode(pytester.path)) <= 100
