"""Tests what the event loop relies on in AnyIO and pytest without their having promised it."""

import asyncio
import inspect

import anyio.abc
import anyio.pytest_plugin
from anyio._core import _eventloop
from hermetic_pytest.event_loop import anyio_fixtures

from tests.event_loop.inner_suite import InnerSuite


def test_runners_are_made_by_backend_and_options() -> None:
    """AnyIO's backends make abstract test runners, each with a loop of its own."""
    for name, options in [("asyncio", {"debug": True}), ("asyncio", {}), ("trio", {})]:
        runner = _eventloop.get_async_backend(name).create_test_runner(dict(options))
        assert isinstance(runner, anyio.abc.TestRunner)


def test_runner_of_asyncio_has_its_loop_and_no_task() -> None:
    """The runner for asyncio gives its loop, on which nothing runs until it is asked to, and closes it."""
    with _eventloop.get_async_backend("asyncio").create_test_runner({"debug": True}) as runner:
        loop = runner.get_loop()  # type: ignore[attr-defined]  # what the test is about
        assert isinstance(loop, asyncio.AbstractEventLoop)
        assert loop.get_debug()
        assert asyncio.all_tasks(loop) == set()
    assert loop.is_closed()


def test_current_library_can_be_set() -> None:
    """AnyIO's note of the current library is a context variable, set by the function that the loops call."""
    token = _eventloop.set_current_async_library("trio")
    try:
        assert _eventloop.current_async_library() == "trio"
    finally:
        _eventloop.reset_current_async_library(token)
    assert _eventloop.current_async_library() is None


def test_fixtures_are_those_of_anyios_plugin() -> None:
    """The stand-ins for the fixtures of AnyIO's plugin are all of them, but for the backend, with their scopes."""

    def fixtures(module: object) -> dict[str, str]:
        kind = type(anyio_fixtures.free_tcp_port)
        return {
            name: str(inspect.getattr_static(value, "_fixture_function_marker").scope)
            for name, value in vars(module).items()
            if isinstance(value, kind)
        }

    theirs = fixtures(anyio.pytest_plugin)
    assert theirs.pop("anyio_backend") == "module"
    assert fixtures(anyio_fixtures) == theirs


def test_pytest_reads_fixtures_anew(suite: InnerSuite) -> None:
    """Pytest calls the function, and passes the arguments, that a fixture has while it is being set up."""
    suite.add_to_conftest("""
        @pytest.hookimpl(wrapper=True)
        def pytest_fixture_setup(fixturedef, request):
            if fixturedef.argname == "replaced":
                vars(fixturedef).update(func=lambda: "new", argnames=())
            return (yield)
    """)
    suite.run(
        test_a="""
            import pytest

            @pytest.fixture
            def replaced(request):
                return "old"

            def test_it(replaced):
                assert replaced == "new"
        """
    ).assert_outcomes(passed=1)


def test_missing_name_is_a_clear_error(suite: InnerSuite) -> None:
    """With an AnyIO that lacks what is needed, async tests fail with advice; synchronous tests pass."""
    result = suite.run(
        subprocess=True,
        test_a="""
            import anyio._core._eventloop
            del anyio._core._eventloop.get_async_backend

            async def test_async():
                pass

            def test_synchronous():
                pass
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*UsageError: hermetic_pytest's event loop: cannot import name 'get_async_backend' from "
            "'anyio._core._eventloop' (*); expected AnyIO 4.14 or a later version that still has it. Pin anyio to a "
            "version that this hermetic_pytest is tested with."
        ]
    )


def test_runner_without_a_loop_is_a_clear_error(suite: InnerSuite) -> None:
    """With an AnyIO whose runner gives no loop, async tests fail with advice."""
    result = suite.run(
        subprocess=True,
        test_a="""
            import anyio._backends._asyncio
            del anyio._backends._asyncio.TestRunner.get_loop
            anyio._backends._asyncio.TestRunner.__enter__ = lambda self: self

            async def test_async():
                pass
        """,
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*UsageError: hermetic_pytest's event loop: got TestRunner without get_loop(), expected AnyIO 4.14 or a "
            "later version that still has it. Pin anyio to a version that this hermetic_pytest is tested with."
        ]
    )
