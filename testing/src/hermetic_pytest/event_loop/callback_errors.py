"""Exceptions that asyncio has nobody to raise to: in callbacks, and in tasks that nothing awaits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from hermetic_pytest.event_loop.task_leaks import Leak, describe, owner_of
from hermetic_pytest.event_loop.unpatched_asyncio import Task

if TYPE_CHECKING:
    import asyncio

if sys.version_info < (3, 11):
    # What this is from is installed for these versions only.
    from exceptiongroup import BaseExceptionGroup  # type: ignore[import-not-found,unused-ignore]  # see above


class CallbackErrors:
    """Raises such exceptions in the test or fixture that runs, as AnyIO does, unless they belong to an earlier one."""

    def __init__(self) -> None:
        self._errors: list[BaseException] = []
        self._late: list[Leak] = []

    def handle(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Takes an exception from a loop; see `asyncio.loop.set_exception_handler`."""
        error = context.get("exception")
        if not isinstance(error, Exception):
            loop.default_exception_handler(context)
            return
        task = context.get("task", context.get("future"))
        owner = owner_of(task)
        if isinstance(task, Task) and owner is not None and owner.ended:
            # Python finds out when it collects the task, which may be many tests later.
            self._late.append(Leak(owner.label, describe(task), f"that failed, and nothing awaited it: {error!r}"))
        else:
            self._errors.append(error)

    def late(self) -> list[Leak]:
        """Takes out what belongs to tests and fixtures that had ended when it was found."""
        late, self._late = self._late, []
        return late

    def raise_with(self, error: BaseException | None) -> None:
        """Raises what was handled since the last call.

        Args:
            error: what the test or fixture itself raised.

        Raises:
            BaseException: the only exception there is.
            BaseExceptionGroup: all of them, if there are several. An exception with a meaning for pytest, such as
                a skip or KeyboardInterrupt, stays itself, and has the others as its cause.
        """
        __tracebackhide__ = True
        others, self._errors = self._errors, []
        if error is None and len(others) == 1:
            raise others[0]
        if others and (error is None or isinstance(error, Exception)):
            every = others if error is None or isinstance(error, StopAsyncIteration) else [*others, error]
            raise BaseExceptionGroup("Several exceptions in asynchronous callbacks and what ran meanwhile", every)
        if error is not None:
            if others:
                raise error from BaseExceptionGroup("Exceptions in asynchronous callbacks", others)
            raise error
