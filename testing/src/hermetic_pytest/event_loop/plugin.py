"""One event loop for all async tests and async fixtures of a run.

Async tests need no marker, as in AnyIO's auto mode (https://anyio.readthedocs.io/en/stable/testing.html), unless
another async plugin claims them. They, and all async fixtures of any scope, run on one loop. It is made when first
needed and closed when the session's fixtures are torn down: a run without async tests has no loop, and imports neither
asyncio nor AnyIO for this plugin. See `hermetic_pytest.event_loop.marker` for a loop of a test's own, and
`hermetic_pytest.event_loop.loop_table` for which loop a test gets.
"""

from __future__ import annotations

import types
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

from hermetic_pytest.event_loop import anyio_fixtures, async_claims, marker

if TYPE_CHECKING:
    from hermetic_pytest.event_loop.async_run import AsyncRun

_PLUGIN = "hermetic_pytest.event_loop"
_DEFAULTS = "hermetic_pytest.event_loop.defaults"


def register(config: pytest.Config, anyio_backend: object) -> None:
    """Adds the event loop to a run. Doing so again changes nothing.

    Args:
        config: the run's configuration, at `pytest_configure`.
        anyio_backend: the fixture that names the backend where no conftest.py or module has one of its own.
    """
    manager = config.pluginmanager
    if manager.has_plugin(_PLUGIN):
        return
    config.addinivalue_line("markers", marker.HELP)
    config.addinivalue_line("markers", "anyio: an async test; needed by no test here, known for suites that have it.")
    manager.register(EventLoopPlugin(config), _PLUGIN)
    # Among plugins, the fixture of the one registered last wins. AnyIO's own anyio_backend runs every test once per
    # installed backend, and is registered after a conftest that is handed to pytest.main.
    defaults = types.ModuleType(_DEFAULTS)
    vars(defaults).update(vars(anyio_fixtures), anyio_backend=anyio_backend)
    manager.register(defaults, _DEFAULTS)


class EventLoopPlugin:
    """Runs async tests and async fixtures; all that concerns no async code is left as it is.

    Args:
        config: the run's configuration.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._run: AsyncRun | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, collector: pytest.Module | pytest.Class, name: str, obj: object) -> None:
        """Makes an async test depend on the backend, so that parametrised backends apply to it."""
        if not async_claims.is_async_test(obj) or not collector.istestfunction(obj, name):
            return
        if not async_claims.is_claimed(self._config, collector, obj):
            pytest.mark.usefixtures("anyio_backend")(obj)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuses markers that name no loop.

        Raises:
            pytest.UsageError: a test's marker is malformed; the text names the test and what is expected.
        """
        for item in items:
            marker.check(item)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        """Runs an async fixture on its loop, and notes who asks for which backend."""
        if fixturedef.argname == "anyio_backend":
            value = yield
            self._async_run().backends.add(value, fixturedef, request)
            return value
        if not async_claims.is_async(fixturedef.func) or self._is_left_to_others(request):
            return (yield)
        with self._async_run().fixture(fixturedef, request):
            return (yield)

    def _is_left_to_others(self, request: pytest.FixtureRequest) -> bool:
        return "anyio_backend" not in request.fixturenames and async_claims.has_rival(self._config)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        """Runs an async test on its loop."""
        if "anyio_backend" not in pyfuncitem.funcargs or not async_claims.is_async_test(pyfuncitem.obj):
            return (yield)
        with self._async_run().test(pyfuncitem):
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

    def _async_run(self) -> AsyncRun:
        if self._run is None:
            # Only now: these import asyncio and AnyIO.
            from hermetic_pytest.event_loop.async_run import AsyncRun

            self._run = AsyncRun()
        return self._run
