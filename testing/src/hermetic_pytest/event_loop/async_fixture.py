"""An async fixture as a function that pytest can call."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import inspect
import types
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import pytest

from hermetic_pytest.event_loop.backend_loop import Loop
from hermetic_pytest.event_loop.task_owner import TaskOwner

_SetUp = Callable[
    ["pytest.FixtureDef[Any]", pytest.FixtureRequest], contextlib.AbstractContextManager[tuple[Loop, TaskOwner]]
]

# What pytest expects a fixture to raise.
_EXPECTED = (Exception, pytest.fail.Exception, pytest.skip.Exception, KeyboardInterrupt)


@dataclasses.dataclass(frozen=True)
class AsyncFixture:
    """A fixture that is being set up.

    All that can fail is in the function that pytest calls: pytest does not expect a fixture to fail elsewhere, and
    could not set it up for a later test.

    Attributes:
        function: the fixture's function.
        fixturedef: the fixture.
        request: the request for it.
        set_up: finds where to run it.
    """

    function: Callable[..., Any]
    fixturedef: pytest.FixtureDef[Any]
    request: pytest.FixtureRequest
    set_up: _SetUp

    def synchronous(self) -> Callable[..., Any]:
        """Makes the function for pytest: a generator function if the fixture's is one."""
        # Not the bound methods themselves, which pytest would take for fixtures of a test class.
        if inspect.isasyncgenfunction(self.function):
            return lambda **kwargs: (yield from self._generate(kwargs))
        return lambda **kwargs: self._call(kwargs)

    def _call(self, kwargs: dict[str, Any]) -> object:
        __tracebackhide__ = True
        with self._set_up() as (loop, owner):
            return loop.run(functools.partial(self._bound(), **kwargs), owner)

    def _generate(self, kwargs: dict[str, Any]) -> Iterator[object]:
        __tracebackhide__ = True
        with self._set_up() as (loop, owner):
            generator: AsyncGenerator[object, None] = self._bound()(**kwargs)
            advance = functools.partial(_next, generator)
            value = loop.run(advance, owner)
        yield value
        with contextlib.suppress(StopAsyncIteration):
            loop.run(advance, owner)
            loop.run(generator.aclose, owner)
            pytest.fail(f"async fixture {self.request.fixturename!r}: expected one yield, got a second one.", False)

    @contextlib.contextmanager
    def _set_up(self) -> Iterator[tuple[Loop, TaskOwner]]:
        __tracebackhide__ = True
        try:
            with self.set_up(self.fixturedef, self.request) as place:
                yield place
        except _EXPECTED:
            raise
        except BaseException as error:
            # CancelledError, for one. pytest would not notice that the fixture has failed, and fail later tests.
            raise RuntimeError(f"async fixture {self.request.fixturename!r} raised {error!r}") from error

    def _bound(self) -> Callable[..., Any]:
        """Binds a test class's fixture to the instance that the test is called on, as pytest does with its own."""
        instance, function = self.request.instance, self.function
        if isinstance(function, types.MethodType) and isinstance(instance, type(function.__self__)):
            return types.MethodType(function.__func__, instance)
        return function


async def _next(generator: AsyncGenerator[object, None]) -> object:
    __tracebackhide__ = True
    return await generator.__anext__()
