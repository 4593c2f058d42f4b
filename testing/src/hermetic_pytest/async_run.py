"""Runs async tests and fixtures, each on its loop and with its variables."""

from __future__ import annotations

import contextlib
import inspect
import types
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import pytest

from hermetic_pytest.anyio_backends import Backend
from hermetic_pytest.backend_loop import Loop
from hermetic_pytest.backend_requests import FIXTURE, BackendRequests
from hermetic_pytest.event_loop_marker import loop_owner
from hermetic_pytest.fixture_variables import FixtureVariables
from hermetic_pytest.loop_table import LoopTable, shorter_lived
from hermetic_pytest.task_leaks import LeakedTaskWarning


class AsyncRun:
    """The async part of a run, from its first async test or fixture on.

    Attributes:
        backends: who asks for which backend.
    """

    def __init__(self) -> None:
        self.backends = BackendRequests()
        self._loops = LoopTable()
        self._variables = FixtureVariables()

    @contextlib.contextmanager
    def test(self, item: pytest.Function) -> Iterator[None]:
        """Makes a test's function synchronous while pytest calls it.

        Args:
            item: the test; its fixtures are set up.
        """
        loop = self._loop(item, item.funcargs[FIXTURE], f"test {item.nodeid}")
        owner = self._variables.of_test(item, item.fixturenames)
        function = item.obj
        hypothesis = getattr(function, "hypothesis", None)
        inner = function if hypothesis is None else hypothesis.inner_test

        def call(*args: Any, **kwargs: Any) -> None:
            loop.run(inner(*args, **kwargs), owner)

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
        attributes = vars(fixturedef)
        function = fixturedef.func
        # Declared final, but there is no other way to have pytest call something else; AnyIO and pytest-asyncio do so.
        # All that can fail is left to that call: pytest does not expect a fixture to fail outside of its function.
        attributes["func"] = self._synchronous(_bound(function, request.instance), fixturedef, request)
        try:
            with self.backends.dependency(fixturedef):
                yield
        finally:
            attributes["func"] = function

    def end_test(self, item: pytest.Item) -> None:
        """Ends what runs on behalf of a test, and of fixtures, that are torn down.

        Args:
            item: the test; what was still running is reported as warnings for it.
        """
        self._variables.end_test()
        for leak in self._loops.end_leftovers():
            item.warn(LeakedTaskWarning(str(leak)))

    def _synchronous(
        self, function: Callable[..., Any], fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Callable[..., Any]:
        def open_loop() -> Loop:
            backend = request.getfixturevalue(FIXTURE)
            self.backends.depend(fixturedef, request, backend)
            loop = self._loop(request.node, backend, f"async fixture {request.fixturename!r}")
            loop.hold()
            request.addfinalizer(loop.release)
            return loop

        def call(**kwargs: Any) -> object:
            loop = open_loop()
            with self._variables.set_up(request) as owner:
                return loop.run(function(**kwargs), owner)

        def generate(**kwargs: Any) -> Iterator[object]:
            loop = open_loop()
            generator: AsyncGenerator[object, None] = function(**kwargs)
            with self._variables.set_up(request) as owner:
                value = loop.run(_next(generator), owner)
            yield value
            with contextlib.suppress(StopAsyncIteration):
                loop.run(_next(generator), owner)
                loop.run(generator.aclose(), owner)
                pytest.fail(
                    f"async fixture {request.fixturename!r}: expected one yield, got a second one.", pytrace=False
                )

        return generate if inspect.isasyncgenfunction(function) else call

    def _loop(self, node: pytest.Item | pytest.Collector, value: object, who: str) -> Loop:
        backend = Backend.of(value)
        loop = self._loops.loop(shorter_lived(loop_owner(node), self.backends.owner(value, node)), backend, who)
        if loop.is_running:
            raise RuntimeError(
                f"{who}: an event loop runs in this thread already, expected none. In async code, do not request an "
                "async fixture by request.getfixturevalue(), but as an argument; run an inner pytest in a subprocess."
            )
        return loop


def _bound(function: Callable[..., Any], instance: object) -> Callable[..., Any]:
    """Binds a test class's fixture to the instance that the test is called on, as pytest does with its own."""
    if isinstance(function, types.MethodType) and isinstance(instance, type(function.__self__)):
        return types.MethodType(function.__func__, instance)
    return function


async def _next(generator: AsyncGenerator[object, None]) -> object:
    return await generator.__anext__()
