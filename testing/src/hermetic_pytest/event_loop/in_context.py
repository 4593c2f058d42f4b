"""Awaits in one task what has context variables of its own."""

from __future__ import annotations

import contextvars
from collections.abc import Awaitable, Generator
from typing import Any, TypeVar

_T = TypeVar("_T")


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
