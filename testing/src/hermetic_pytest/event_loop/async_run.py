"""Runs async tests and fixtures, each on its loop and with its variables."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import pytest

from hermetic_pytest.event_loop.anyio_backends import Backend, import_asyncio_backend
from hermetic_pytest.event_loop.async_fixture import AsyncFixture
from hermetic_pytest.event_loop.backend_loop import Loop
from hermetic_pytest.event_loop.backend_requests import FIXTURE, BackendRequests
from hermetic_pytest.event_loop.fixture_variables import FixtureVariables
from hermetic_pytest.event_loop.marker import loop_owner
from hermetic_pytest.event_loop.shared_loops import SharedLoops, shorter_lived
from hermetic_pytest.event_loop.task_leaks import LeakedTaskWarning
from hermetic_pytest.event_loop.task_owner import TaskOwner


class AsyncRun:
    """The async part of a run, from its first async test or fixture on.

    Attributes:
        backends: who asks for which backend.
    """

    def __init__(self) -> None:
        # AnyIO, too, takes from asyncio what a fixture may patch later.
        import_asyncio_backend()
        self.backends = BackendRequests()
        self._loops = SharedLoops()
        self._variables = FixtureVariables()

    @contextlib.contextmanager
    def test(self, item: pytest.Function) -> Iterator[None]:
        """Makes a test's function synchronous while pytest calls it.

        Args:
            item: the test; its fixtures are set up.
        """
        # Not in `funcargs` where somebody else might have run the test. The request that pytest makes for each test has
        # no public name; tests/event_loop/pytest_contract_test.py says what is relied on.
        loop = self._loop(item, item._request.getfixturevalue(FIXTURE), f"test {item.nodeid}")
        owner = self._variables.of_test(item, item.fixturenames)
        function = item.obj
        hypothesis = getattr(function, "hypothesis", None)
        inner = function if hypothesis is None else hypothesis.inner_test

        def call(*args: Any, **kwargs: Any) -> None:
            __tracebackhide__ = True
            loop.run(functools.partial(inner, *args, **kwargs), owner)

        # Hypothesis calls its inner test with arguments of its own making.
        target, attribute = (item, "obj") if hypothesis is None else (hypothesis, "inner_test")
        setattr(target, attribute, call)
        try:
            yield
        finally:
            setattr(target, attribute, inner)

    @contextlib.contextmanager
    def fixture(self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Iterator[None]:
        """Makes a fixture's function synchronous while pytest sets the fixture up, and later tears it down.

        Args:
            fixturedef: the fixture.
            request: the request for it.
        """
        # Declared final, but there is no other way to have pytest call something else; AnyIO and pytest-asyncio do so.
        attributes = vars(fixturedef)
        function = fixturedef.func
        attributes["func"] = AsyncFixture(function, fixturedef, request, self.set_up).synchronous()
        try:
            with self.backends.dependency(fixturedef):
                yield
        finally:
            attributes["func"] = function

    @contextlib.contextmanager
    def set_up(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Iterator[tuple[Loop, TaskOwner]]:
        """Finds where to set up an async fixture, and keeps that until the fixture is torn down.

        Args:
            fixturedef: the fixture.
            request: the request for it.

        Returns:
            The loop to run on, and on whose behalf.
        """
        with contextlib.ExitStack() as teardown:
            value = request.getfixturevalue(FIXTURE)
            self.backends.depend(fixturedef, request, value)
            loop = self._loop(request.node, value, f"async fixture {request.fixturename!r}")
            loop.hold()
            teardown.callback(loop.release)
            owner = teardown.enter_context(self._variables.of_fixture(request))
            before = dict(owner.context)
            yield loop, owner
            if request.scope != "function":
                teardown.enter_context(self._variables.published(request, owner.changes_since(before)))
            # Before the fixture's own teardown is added, so as to be called after it.
            request.addfinalizer(teardown.pop_all().close)

    def end_test(self, item: pytest.Item) -> None:
        """Ends what runs on behalf of a test, and of fixtures, that are torn down.

        Args:
            item: the test; what was still running is reported as warnings for it.
        """
        self._variables.end_test()
        for leak in self._loops.end_leftovers():
            item.warn(LeakedTaskWarning(str(leak)))

    def _loop(self, node: pytest.Item | pytest.Collector, value: object, who: str) -> Loop:
        backend = Backend.of(value)
        owner = shorter_lived(loop_owner(node), self.backends.owner(value, node))
        loop = self._loops.loop(owner, backend, who)
        if loop.is_running:
            raise RuntimeError(
                f"{who}: an event loop runs in this thread already, expected none. In async code, do not request an "
                "async fixture by request.getfixturevalue(), but as an argument; run an inner pytest in a subprocess."
            )
        return loop
