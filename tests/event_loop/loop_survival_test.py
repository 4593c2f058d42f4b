"""Tests that whatever a test or fixture raises or cancels, later tests run on the same, working loop."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

# Around each culprit: a session-scoped fixture that holds a task group open in the loop's task, and tests that need
# the loop, its task group and its cancellation to be as good as new.
_AROUND = """
    import asyncio, sys
    import anyio, pytest, sniffio

    @pytest.fixture(scope="session")
    async def group():
        async with anyio.create_task_group() as group:
            yield group
        assert anyio.current_effective_deadline() == float("inf")

    seen = []

    async def check(group):
        done = anyio.Event()

        async def child():
            await anyio.sleep(0)
            done.set()

        group.start_soon(child)
        with anyio.fail_after(60):
            await done.wait()
        if sniffio.current_async_library() == "asyncio":
            seen.append(asyncio.get_running_loop())
            assert len(set(seen)) == 1
            if sys.version_info >= (3, 11):
                async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
                    tasks.create_task(asyncio.sleep(0))

    async def test_before(group):
        await check(group)

    {culprit}

    async def test_after(group):
        await check(group)

    async def test_long_after(group):
        await check(group)
"""
_RAISED = ["asyncio.CancelledError()", "SystemExit(3)", "GeneratorExit()", "BaseException('base')"]
_IN_TASK = """
    async def test_culprit(group):
        async def child():
            raise SystemExit(3)
        task = asyncio.get_running_loop().create_task(child())
        await asyncio.sleep(3600)
"""
_CANCELLING = {
    "itself": "asyncio.current_task().cancel(); await asyncio.sleep(0)",
    "itself, without noticing": "asyncio.current_task().cancel(); assert 0",
    "all tasks": "[task.cancel() for task in asyncio.all_tasks()]; await asyncio.sleep(0)",
    "the loop": "asyncio.get_running_loop().stop(); await asyncio.sleep(3600)",
}


def _with(culprit: str) -> str:
    return _AROUND.replace("{culprit}", culprit.replace("\n", "\n    ").strip())


@pytest.mark.parametrize("raised", _RAISED)
def test_test_raises(any_suite: InnerSuite, raised: str) -> None:
    """A test that raises what is no Exception fails alone."""
    result = any_suite.run("-Werror", test_a=_with(f"async def test_culprit(group):\n    raise {raised}"))
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*FAILED test_a.py::test_culprit*"])


@pytest.mark.parametrize("raised", _RAISED)
def test_fixture_raises_in_setup(any_suite: InnerSuite, raised: str) -> None:
    """A fixture that raises what is no Exception makes an error of the test that uses it; the next test can use it."""
    culprit = f"""
@pytest.fixture
async def bad():
    if not failed:
        failed.append(True)
        raise {raised}
    yield

failed = []

async def test_culprit(bad):
    pass

async def test_again(bad):
    pass
"""
    result = any_suite.run("-Werror", test_a=_with(culprit))
    result.assert_outcomes(passed=4, errors=1)
    result.stdout.fnmatch_lines(["*ERROR test_a.py::test_culprit - RuntimeError: async fixture 'bad' raised *"])


@pytest.mark.parametrize("raised", _RAISED)
def test_fixture_raises_in_teardown(any_suite: InnerSuite, raised: str) -> None:
    """A fixture that raises what is no Exception after its yield makes an error of the test that used it."""
    culprit = f"""
@pytest.fixture
async def bad():
    yield
    raise {raised}

async def test_culprit(bad):
    pass
"""
    result = any_suite.run("-Werror", test_a=_with(culprit))
    result.assert_outcomes(passed=4, errors=1)
    result.stdout.fnmatch_lines(["*ERROR test_a.py::test_culprit*"])


@pytest.mark.parametrize("what", _CANCELLING)
def test_test_cancels(asyncio_suite: InnerSuite, what: str) -> None:
    """A test that cancels the task it runs in, or stops the loop, fails alone."""
    result = asyncio_suite.run(test_a=_with(f"async def test_culprit(group):\n    {_CANCELLING[what]}"))
    result.assert_outcomes(passed=3, failed=1)


def test_another_task_raises_system_exit(asyncio_suite: InnerSuite) -> None:
    """SystemExit in a task that a test started fails that test, which does not go on later."""
    result = asyncio_suite.run(test_a=_with(_IN_TASK))
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*FAILED test_a.py::test_culprit - SystemExit: 3"])


def test_pytest_outcomes(any_suite: InnerSuite) -> None:
    """Skips, expected failures and pytest.fail are what they are in synchronous tests."""
    culprit = """
async def test_skip(group):
    pytest.skip("reason")

async def test_xfail(group):
    pytest.xfail("reason")

async def test_fail(group):
    pytest.fail("reason")
"""
    any_suite.run(test_a=_with(culprit)).assert_outcomes(passed=3, skipped=1, xfailed=1, failed=1)


@pytest.mark.parametrize("ending", ["raise KeyboardInterrupt", "pytest.exit('enough')"])
def test_interrupted_run_tears_down(any_suite: InnerSuite, ending: str) -> None:
    """KeyboardInterrupt and pytest.exit in an async test end the run, with async fixtures torn down on the loop."""
    result = any_suite.run(
        "-s",
        subprocess=True,
        test_a=f"""
            import anyio, pytest

            @pytest.fixture(scope="session")
            async def resource():
                yield
                await anyio.sleep(0)
                print("torn down")

            async def test_it(resource):
                {ending}

            async def test_never():
                print("never reached")
        """,
    )
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*torn down"])
    result.stdout.no_fnmatch_line("*never reached*")


def test_control_c_tears_down(asyncio_suite: InnerSuite) -> None:
    """SIGINT while the loop waits ends the run, with the test cancelled and async fixtures torn down on the loop."""
    result = asyncio_suite.run(
        "-s",
        subprocess=True,
        test_a="""
            import asyncio, os, signal
            import pytest

            @pytest.fixture(scope="session")
            async def resource():
                yield
                await asyncio.sleep(0)
                print("torn down")

            async def test_it(resource):
                asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGINT)
                try:
                    await asyncio.sleep(3600)
                finally:
                    print("cancelled")
        """,
    )
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*cancelled", "*torn down"])


def test_closed_loop_is_replaced(suite: InnerSuite) -> None:
    """After a synchronous test has closed the loop, async tests have a new one."""
    result = suite.run(
        test_a="""
            import asyncio
            loops = []

            async def test_before():
                loops.append(asyncio.get_running_loop())

            def test_culprit():
                loops[0].close()

            async def test_after():
                assert asyncio.get_running_loop() is not loops[0]
        """,
    )
    result.assert_outcomes(passed=3)


def test_crash_of_a_fixtures_task(asyncio_suite: InnerSuite) -> None:
    """A crashed task of a module's fixture cancels its tests and is reported; tests of the next module pass."""
    result = asyncio_suite.run(
        test_a="""
            import anyio, pytest

            @pytest.fixture(scope="module")
            async def group():
                async def crash():
                    raise ValueError("crashed in the background")

                async with anyio.create_task_group() as group:
                    group.start_soon(crash)
                    yield group

            async def test_one(group):
                await anyio.sleep(3600)

            async def test_two(group):
                await anyio.sleep(3600)
        """,
        test_b="""
            import anyio

            async def test_three():
                await anyio.sleep(0)
        """,
    )
    result.assert_outcomes(failed=2, errors=1, passed=1)
    result.stdout.fnmatch_lines(["*ValueError: crashed in the background"])


def test_callback_errors_fail_the_test(asyncio_suite: InnerSuite) -> None:
    """An exception in a callback fails the test that runs; with one of the test's own, both are shown."""
    result = asyncio_suite.run(
        test_a="""
            import asyncio

            def crash():
                raise ValueError("in a callback")

            async def test_one():
                asyncio.get_running_loop().call_soon(crash)
                await asyncio.sleep(0)

            async def test_both():
                asyncio.get_running_loop().call_soon(crash)
                await asyncio.sleep(0)
                assert 1 == 2

            async def test_after():
                await asyncio.sleep(0)
        """,
    )
    result.assert_outcomes(failed=2, passed=1)
    result.stdout.fnmatch_lines(["*ValueError: in a callback", "*ExceptionGroup*", "*ValueError: in a callback*"])
