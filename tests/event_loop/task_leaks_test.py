"""Tests that tasks do not outlive the test or fixture that started them, and that nobody loses sight of one."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

_HEAD = """
    import asyncio
    import pytest

    async def forever():
        await asyncio.get_running_loop().create_future()
"""


def _leaks(result: pytest.RunResult) -> list[str]:
    return [line.partition("LeakedTaskWarning: ")[2] for line in result.outlines if "LeakedTaskWarning: " in line]


def test_leaked_task_is_named_and_cancelled(asyncio_suite: InnerSuite) -> None:
    """A task that a test leaves is reported with test, name, function and place, and is gone in the next test."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    left = []

    async def test_leaves():
        left.append(asyncio.create_task(forever(), name="my task"))

    async def test_next():
        assert left[0].cancelled()
        assert asyncio.all_tasks() == {{asyncio.current_task()}}
    """
    )
    result.assert_outcomes(passed=2, warnings=1)
    (leak,) = _leaks(result)
    start, _, place_and_ending = leak.partition(" (")
    _, place, ending = place_and_ending.partition("test_a.py:6) ")
    assert start == "test test_a.py::test_leaves left task 'my task' running forever()"
    assert place
    assert ending == "running; it was cancelled. Await or cancel it, or start it in a fixture that ends it."


def test_leak_can_be_an_error(asyncio_suite: InnerSuite) -> None:
    """With the warning as an error, the test that left a task has an error in teardown, and it alone."""
    result = asyncio_suite.run(
        "-Werror::hermetic_pytest.event_loop.task_leaks.LeakedTaskWarning",
        test_a=f"""{_HEAD}
    async def test_leaves():
        asyncio.create_task(forever())

    async def test_next():
        pass
    """,
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["E *LeakedTaskWarning: test test_a.py::test_leaves left task *"])


def test_tasks_that_are_ended_are_no_leaks(asyncio_suite: InnerSuite) -> None:
    """A task that a fixture's teardown ends, that was cancelled but not awaited, or that is about to finish is fine."""
    result = asyncio_suite.run(
        "-Werror",
        test_a=f"""{_HEAD}
    @pytest.fixture
    async def tasks():
        tasks = []
        yield tasks
        for task in tasks:
            task.cancel()

    async def test_fixture(tasks):
        tasks.append(asyncio.create_task(forever()))

    async def test_cancelled():
        asyncio.create_task(forever()).cancel()

    async def test_about_to_finish():
        async def finish():
            for _ in range(5):
                await asyncio.sleep(0)

        asyncio.create_task(finish())
    """,
    )
    result.assert_outcomes(passed=3)


@pytest.mark.parametrize("scope", ["session", "module", "class"])
def test_tasks_of_wider_fixtures_live(asyncio_suite: InnerSuite, scope: str) -> None:
    """What a wider fixture started, and what that starts while tests run, lives as long as the fixture."""
    result = asyncio_suite.run(
        "-Werror",
        test_a=f"""{_HEAD}
    @pytest.fixture(scope="{scope}")
    async def serving():
        handlers = set()

        async def handle(reader, writer):
            handlers.add(asyncio.current_task())
            await reader.read()
            writer.close()

        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        background = asyncio.create_task(forever())
        connections = []
        yield server.sockets[0].getsockname(), handlers, background, connections
        background.cancel()
        for writer in connections:
            writer.close()
            await writer.wait_closed()
        server.close()
        await asyncio.gather(*handlers)

    class TestIt:
        async def test_one(self, serving):
            address, handlers, background, connections = serving
            connections.append((await asyncio.open_connection(*address))[1])
            while not handlers:
                await asyncio.sleep(0)

        async def test_two(self, serving):
            address, handlers, background, connections = serving
            assert not background.done()
            assert [handler.done() for handler in handlers] == [False]
    """,
    )
    result.assert_outcomes(passed=2)


@pytest.mark.parametrize("scope", ["session", "module", "class"])
def test_wider_fixture_leaks(asyncio_suite: InnerSuite, scope: str) -> None:
    """A task that a wider fixture leaves is reported as the fixture's, once it is torn down."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    left = []

    @pytest.fixture(scope="{scope}")
    async def leaves():
        left.append(asyncio.create_task(forever(), name="my task"))
        return left[0]

    class TestIt:
        async def test_one(self, leaves):
            pass

        async def test_two(self, leaves):
            assert not leaves.done()
    """,
        test_b=f"""
    from test_a import left

    async def test_three():
        assert left[0].cancelled() == {scope != "session"}
    """,
    )
    result.assert_outcomes(passed=3, warnings=1)
    (leak,) = _leaks(result)
    where = {"session": "", "module": " of test_a.py", "class": " of test_a.py::TestIt"}[scope]
    assert f"{scope}-scoped fixture 'leaves'{where} left task 'my task' running forever() (" in leak


def test_leak_on_a_loop_of_its_own(asyncio_suite: InnerSuite) -> None:
    """A task that is left on a test's own loop is reported when that loop is closed."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    @pytest.mark.event_loop
    async def test_leaves():
        asyncio.create_task(forever(), name="my task")
    """
    )
    result.assert_outcomes(passed=1, warnings=1)
    (leak,) = _leaks(result)
    assert "test test_a.py::test_leaves left task 'my task' running forever() (" in leak


def test_disobedient_task(asyncio_suite: InnerSuite) -> None:
    """A task that ignores its cancellation is reported as such, once, and holds up no test."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    async def disobey(stop):
        while not stop.done():
            try:
                await asyncio.shield(stop)
            except asyncio.CancelledError:
                pass

    stop = []

    async def test_leaves():
        stop.append(asyncio.get_running_loop().create_future())
        asyncio.create_task(disobey(stop[0]), name="my task")

    async def test_next():
        pass

    async def test_ends_it():
        stop[0].set_result(None)
    """
    )
    result.assert_outcomes(passed=3, warnings=1)
    (leak,) = _leaks(result)
    assert leak.endswith("running, and it goes on 2 s after it was cancelled. Let CancelledError end it.")


def test_error_while_cancelled(asyncio_suite: InnerSuite) -> None:
    """What a leaked task raises when it is cancelled is in the report, and fails nobody else."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    async def fail():
        try:
            await forever()
        finally:
            raise ValueError("while cancelled")

    async def test_leaves():
        asyncio.create_task(fail(), name="my task")

    async def test_next():
        import gc
        gc.collect()
        await asyncio.sleep(0)
    """
    )
    result.assert_outcomes(passed=2, warnings=1)
    (leak,) = _leaks(result)
    assert "running; it was cancelled and raised ValueError('while cancelled'). Await or" in leak


def test_unseen_error_is_the_tests_that_caused_it(asyncio_suite: InnerSuite) -> None:
    """A failed task that nobody awaited is reported for its own test, though Python notices in another one."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    import gc

    async def fail():
        raise ValueError("unseen")

    kept = []

    async def test_leaves():
        kept.append(asyncio.create_task(fail(), name="my task"))
        await asyncio.sleep(0)

    async def test_innocent():
        kept.clear()
        gc.collect()
        await asyncio.sleep(0)
    """
    )
    result.assert_outcomes(passed=2, warnings=1)
    (leak,) = _leaks(result)
    assert leak.startswith("test test_a.py::test_leaves left task 'my task' running fail()")
    assert leak.endswith("that failed, and nothing awaited it: ValueError('unseen')")


def test_task_from_a_synchronous_fixture(asyncio_suite: InnerSuite) -> None:
    """A task that no async test or fixture started is left alone until the loop is closed, and reported then."""
    result = asyncio_suite.run(
        test_a=f"""{_HEAD}
    @pytest.fixture(scope="session")
    async def loop():
        return asyncio.get_running_loop()

    @pytest.fixture(scope="session")
    def task(loop):
        return loop.create_task(forever(), name="my task")

    async def test_one(task):
        await asyncio.sleep(0)

    async def test_two(task):
        assert not task.done()
    """
    )
    result.assert_outcomes(passed=2, warnings=1)
    (leak,) = _leaks(result)
    assert "code outside of async tests and fixtures left task 'my task' running forever() (" in leak
