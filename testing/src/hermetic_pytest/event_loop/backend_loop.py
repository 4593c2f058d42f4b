"""A loop of any backend that AnyIO has, run by AnyIO's own test runner."""

from __future__ import annotations

import contextvars
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from hermetic_pytest.event_loop.anyio_backends import Backend, new_runner, set_current_async_library
from hermetic_pytest.event_loop.in_context import InContext
from hermetic_pytest.event_loop.task_leaks import Leak
from hermetic_pytest.event_loop.task_owner import TaskOwner

if TYPE_CHECKING:
    from anyio.abc import TestRunner

_T = TypeVar("_T")


class Loop(Protocol):
    """A loop on which tests and fixtures run in one task, each in its own context."""

    @property
    def is_usable(self) -> bool:
        """Whether it can run anything more."""

    @property
    def is_running(self) -> bool:
        """Whether it, or another loop of its backend, runs in this thread now."""

    def run(self, work: Callable[[], Awaitable[_T]], owner: TaskOwner) -> _T:
        """Runs until work is done.

        Args:
            work: gives what to await: a test, or one step of a fixture. It is called if all is well with the loop.
            owner: on whose behalf.

        Returns:
            What work returns.

        Raises:
            BaseException: what work raises, or, on asyncio, a callback or another task meanwhile.
        """

    def hold(self) -> None:
        """Keeps it open for a fixture, which is set up on it, until `release`."""

    def release(self) -> None:
        """Ends a `hold`."""

    def end_leftovers(self) -> list[Leak]:
        """Ends the tasks whose owners have ended; returns what there is to report about them."""

    def close(self) -> list[Leak]:
        """Ends everything on the loop, and the loop; returns what there is to report about tasks."""


def library_context(name: str) -> contextvars.Context:
    """Makes a copy of the current context in which AnyIO knows which library it runs on, also outside tasks."""
    context = contextvars.copy_context()
    # Not in the current context: there, anyio.run() in a synchronous test would think a loop is running.
    context.run(set_current_async_library, name)
    return context


class BackendLoop:
    """A loop of trio, or of what other backends AnyIO may get; it is open only while somebody holds it.

    trio has one loop at a time in a thread. To keep it open would break synchronous tests that call trio.run(). It has
    no tasks to look after: they all belong to nurseries.

    Args:
        backend: what the tests ask for.
    """

    is_usable = True

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._context = library_context(backend.name)
        self._runner: TestRunner | None = None
        self._holders = 0

    @property
    def is_held(self) -> bool:
        """Whether a fixture keeps it open."""
        return self._holders > 0

    @property
    def is_running(self) -> bool:
        """See `Loop.is_running`."""
        return self._runner is not None and self._runner.is_running()

    def hold(self) -> None:
        """See `Loop.hold`."""
        self._hold()

    def release(self) -> None:
        """See `Loop.release`."""
        self._holders -= 1
        if self._holders == 0 and self._runner is not None:
            self._context.run(self._runner.__exit__, None, None, None)
            self._runner = None

    def run(self, work: Callable[[], Awaitable[_T]], owner: TaskOwner) -> _T:
        """See `Loop.run`."""
        owner.follow()
        owner.context.run(set_current_async_library, self._backend.name)

        async def job() -> _T:
            return await InContext(work(), owner.context)

        runner = self._hold()
        try:
            return self._context.run(runner.run_fixture, job, {})
        finally:
            self.release()

    def end_leftovers(self) -> list[Leak]:
        """See `Loop.end_leftovers`."""
        return []

    def close(self) -> list[Leak]:
        """See `Loop.close`."""
        return []

    def _hold(self) -> TestRunner:
        if self._runner is None:
            self._runner = new_runner(self._backend)
            self._context.run(self._runner.__enter__)
        self._holders += 1
        return self._runner
