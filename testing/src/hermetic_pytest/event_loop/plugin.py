"""One event loop for all async tests and async fixtures of a run.

Async tests need no marker, as in AnyIO's auto mode (https://anyio.readthedocs.io/en/stable/testing.html), unless
another plugin or a conftest runs them. They, and all async fixtures of any scope, run on one loop. It is made when
first needed and closed when the session's fixtures are torn down: a run without async tests has no loop, and imports
neither asyncio nor AnyIO for this plugin. See `hermetic_pytest.event_loop.marker` for a loop of a test's own, and
`hermetic_pytest.event_loop.shared_loops` for which loop a test gets.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import pytest

from hermetic_pytest.event_loop import async_claims, marker
from hermetic_pytest.event_loop.async_functions import async_test_function, is_async, is_async_test
from hermetic_pytest.event_loop.pytest_steps import wrap_step

if TYPE_CHECKING:
    from hermetic_pytest.event_loop.async_run import AsyncRun


class EventLoopPlugin:
    """Runs async tests and async fixtures; all that concerns no async code is left as it is.

    Args:
        config: the run's configuration.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._run: AsyncRun | None = None
        self._has_async_tests = False
        self._has_rival = async_claims.has_rival(config)
        hooks = config.pluginmanager.hook
        wrap_step(hooks.pytest_pyfunc_call, "python", self._call_test)
        wrap_step(hooks.pytest_fixture_setup, "fixtures", self._set_up_fixture)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, collector: pytest.Module | pytest.Class, name: str, obj: object) -> None:
        """Makes an async test depend on the backend, so that parametrised backends apply to it."""
        function = async_test_function(collector, name, obj)
        if function is None:
            return
        marks = [*collector.iter_markers(), *getattr(function, "pytestmark", ())]
        if async_claims.is_claimed(self._config, marks):
            return
        self._has_async_tests = True
        if async_claims.is_surely_ours(collector, marks):
            pytest.mark.usefixtures("anyio_backend")(function)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuses markers that name no loop.

        Raises:
            pytest.UsageError: a test's marker is malformed; the text names the test and what is expected.
        """
        for item in items:
            marker.check(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> None:
        """Imports what runs async tests, before a fixture can patch what that takes from asyncio."""
        if self._has_async_tests:
            # With an AnyIO that it cannot use, each test that needs it fails, and no other.
            with contextlib.suppress(pytest.UsageError):
                self._async_run()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        """Notes who asks for which backend; has fixtures of a known plugin on the loop of tests that are not its."""
        if fixturedef.argname == "anyio_backend":
            value = yield
            self._async_run().backends.add(value, fixturedef, request)
            return value
        # Else a fixture such as pytest-aiohttp's client would be on pytest-asyncio's loop, and the test on this one.
        if is_async(fixturedef.func) and "anyio_backend" in request.fixturenames and self._has_rival:
            with self._async_run().fixture(fixturedef, request):
                return (yield)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Ends what the test left running, and says so."""
        __tracebackhide__ = True
        if self._run is None:
            return (yield)
        try:
            return (yield)
        finally:
            self._run.end_test(item)

    def _call_test(self, call: Callable[[], object], pyfuncitem: pytest.Function) -> object:
        """Runs an async test that nobody else has run on its loop."""
        __tracebackhide__ = True
        if not is_async_test(pyfuncitem.obj) or async_claims.is_claimed(self._config, pyfuncitem.iter_markers()):
            return call()
        with self._async_run().test(pyfuncitem):
            return call()

    def _set_up_fixture(
        self, set_up: Callable[[], object], fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> object:
        """Runs an async fixture that nobody else has run on its loop."""
        __tracebackhide__ = True
        if not is_async(fixturedef.func) or self._is_left_to_others(request):
            return set_up()
        with self._async_run().fixture(fixturedef, request):
            return set_up()

    def _is_left_to_others(self, request: pytest.FixtureRequest) -> bool:
        return "anyio_backend" not in request.fixturenames and self._has_rival

    def _async_run(self) -> AsyncRun:
        if self._run is None:
            # Only now: these import asyncio and AnyIO.
            from hermetic_pytest.event_loop.async_run import AsyncRun

            self._run = AsyncRun()
        return self._run
