"""Who runs in the event loop: what keeps the context variables and tasks of tests and fixtures apart.

A test and its function-scoped fixtures share one context; each wider fixture has its own, from which the
variables that it set are handed to the tests that use it. What a test sets is gone with it.
"""

from __future__ import annotations

import contextvars
from collections.abc import Mapping
from typing import Any

_UNSET = object()


class TaskOwner:
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


_current: contextvars.ContextVar[TaskOwner | None] = contextvars.ContextVar("hermetic_pytest_owner", default=None)


def owner_in(context: contextvars.Context | None) -> TaskOwner | None:
    """Finds who runs in a context.

    Args:
        context: a task's context; None is the caller's own.

    Returns:
        The owner; None for code that neither an async test nor an async fixture has started.
    """
    return _current.get() if context is None else context.get(_current)
