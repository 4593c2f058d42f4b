"""Who runs in the event loop: what keeps the context variables and tasks of tests and fixtures apart.

A test and its function-scoped fixtures share one context; each wider fixture has its own, from which the
variables that it set are handed to the tests that use it. What a test sets is gone with it.
"""

from __future__ import annotations

import contextvars
from collections.abc import Awaitable, Generator, Mapping
from typing import Any, TypeVar

_T = TypeVar("_T")
_UNSET = object()


class Owner:
    """A test with its function-scoped fixtures, or one wider fixture.

    Args:
        label: what to call it in a message.

    Attributes:
        label: what to call it in a message.
        context: the variables it sees; everything that it starts inherits them.
        ended: whether its teardown is over, so that nothing of it may run any more.
    """

    def __init__(self, label: str) -> None:
        self.label = label
        self.ended = False
        self.context = contextvars.copy_context()
        self._synchronous = dict(self.context)
        self.context.run(_current.set, self)

    def end(self) -> None:
        """Notes that all that it started should be over."""
        self.ended = True

    def follow(self) -> None:
        """Takes over the variables that synchronous code, such as a fixture, has set since the last call."""
        for variable, value in contextvars.copy_context().items():
            if self._synchronous.get(variable, _UNSET) is not value:
                self._synchronous[variable] = value
                self.context.run(variable.set, value)

    def adopt(self, variables: Mapping[contextvars.ContextVar[Any], object]) -> None:
        """Sets variables to the values that a fixture gave them."""
        for variable, value in variables.items():
            self.context.run(variable.set, value)

    def changes_since(
        self, before: Mapping[contextvars.ContextVar[Any], object]
    ) -> dict[contextvars.ContextVar[Any], object]:
        """Compares its variables with an earlier copy of them; returns those set since, with their values."""
        return {var: value for var, value in self.context.items() if before.get(var, _UNSET) is not value}


_current: contextvars.ContextVar[Owner | None] = contextvars.ContextVar("hermetic_pytest_owner", default=None)


def owner_in(context: contextvars.Context | None) -> Owner | None:
    """Finds who runs in a context.

    Args:
        context: a task's context; None is the caller's own.

    Returns:
        The owner; None for code that neither an async test nor an async fixture has started.
    """
    return _current.get() if context is None else context.get(_current)


class InContext(Awaitable[_T]):
    """Awaits something in the current task, but with the variables of another context.

    Tests and fixtures have to run in one task, or AnyIO's cancel scopes and task groups could not be held open by a
    fixture (https://anyio.readthedocs.io/en/stable/testing.html); but a task has one context for all its life.

    Args:
        awaitable: what to await, once.
        context: the context; must not be the current one.
    """

    def __init__(self, awaitable: Awaitable[_T], context: contextvars.Context) -> None:
        self._awaitable = awaitable
        self._context = context

    def __await__(self) -> Generator[Any, Any, _T]:
        __tracebackhide__ = True
        steps = self._awaitable.__await__()
        advance, argument = steps.send, None
        while True:
            try:
                waiting_for = self._context.run(advance, argument)
            except StopIteration as end:
                result: _T = end.value
                return result
            try:
                advance, argument = steps.send, (yield waiting_for)
            except BaseException as error:  # noqa: BLE001  # handed to the awaitable
                # Cancellation, mostly: the event loop throws it into the task, so that it arrives here first.
                advance, argument = steps.throw, error
