"""A loop of asyncio that survives what tests and fixtures do to the task they run in.

AnyIO's own runner ends its task when a test raises CancelledError or SystemExit; whatever wider fixtures hold open in
that task is lost, and the runner with it. Here such an exception is an outcome like any other.
"""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import Awaitable
from typing import Any, TypeVar

from hermetic_pytest.anyio_backends import Backend, asyncio_loop, new_runner, set_current_async_library
from hermetic_pytest.backend_loop import library_context
from hermetic_pytest.callback_errors import CallbackErrors
from hermetic_pytest.owner import InContext, Owner
from hermetic_pytest.task_leaks import Leak, end_tasks, owner_of, track_tasks

_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True)
class _Job:
    """Work for the loop's task; `done` gets the exception that the work raised, or None, and the result."""

    work: Awaitable[Any]
    done: asyncio.Future[tuple[BaseException | None, Any]]


class AsyncioLoop:
    """See `hermetic_pytest.backend_loop.Loop`.

    Args:
        backend: what the tests ask for.
    """

    def __init__(self, backend: Backend) -> None:
        self._context = library_context(backend.name)
        self._runner = new_runner(backend)
        self._context.run(self._runner.__enter__)
        self._loop = asyncio_loop(self._runner)
        self._errors = CallbackErrors()
        self._loop.set_exception_handler(self._errors.handle)
        track_tasks(self._loop)
        self._disobedient: set[asyncio.Task[Any]] = set()
        self._job: _Job | None = None
        self._closing = False
        self._wake = asyncio.Event()
        self._task = self._start_task()

    @property
    def is_usable(self) -> bool:
        """See `Loop.is_usable`."""
        return not self._loop.is_closed()

    @property
    def is_running(self) -> bool:
        """See `Loop.is_running`."""
        return self._runner.is_running()

    def run(self, work: Awaitable[_T], owner: Owner) -> _T:
        """See `Loop.run`."""
        owner.follow()
        owner.context.run(set_current_async_library, "asyncio")
        error, result = self._outcome(InContext(work, owner.context))
        self._errors.raise_with(error)
        return result  # type: ignore[no-any-return]  # what work returned

    def hold(self) -> None:
        """See `Loop.hold`; it is open anyway."""

    def release(self) -> None:
        """See `Loop.release`."""

    def end_leftovers(self) -> list[Leak]:
        """See `Loop.end_leftovers`."""
        if not self.is_usable:
            return []
        owned = ((task, owner_of(task)) for task in asyncio.all_tasks(self._loop))
        return self._end({task for task, owner in owned if owner is not None and owner.ended}) + self._errors.late()

    def close(self) -> list[Leak]:
        """See `Loop.close`."""
        if not self.is_usable:
            return []
        leaks = self._end(asyncio.all_tasks(self._loop) - {self._task})
        self._closing = True
        self._wake.set()
        self._drive(self._task)
        self._context.run(self._runner.__exit__, None, None, None)
        return leaks + self._errors.late()

    def _end(self, tasks: set[asyncio.Task[Any]]) -> list[Leak]:
        leaks: list[Leak] = []
        tasks -= self._disobedient
        if tasks:
            self._outcome(end_tasks(tasks, leaks))
            self._disobedient.update(task for task in tasks if not task.done())
        return leaks

    def _start_task(self) -> asyncio.Task[None]:
        return self._context.run(self._loop.create_task, self._serve())

    def _drive(self, future: asyncio.Future[_T]) -> _T:
        return self._context.run(self._loop.run_until_complete, future)

    def _outcome(self, work: Awaitable[Any]) -> tuple[BaseException | None, Any]:
        if self._task.done():
            # After a KeyboardInterrupt between two instructions of the task's own.
            self._task = self._start_task()
        self._job = job = _Job(work, self._loop.create_future())
        self._wake.set()
        try:
            return self._drive(job.done)
        except BaseException:
            # The loop was stopped: by SystemExit or KeyboardInterrupt in another task or the loop itself, or stop().
            # What is left of the work must not go on when the loop runs again, to tear down fixtures.
            if not self._task.done() and not job.done.done():
                self._task.cancel()
                self._drive(job.done)
            raise

    async def _serve(self) -> None:
        while (job := await self._next_job()) is not None:
            outcome: tuple[BaseException | None, Any]
            try:
                outcome = None, await job.work
            except BaseException as error:
                outcome = error, None
            _forget_cancellation()
            job.done.set_result(outcome)

    async def _next_job(self) -> _Job | None:
        while self._job is None and not self._closing:
            self._wake.clear()
            try:
                await self._wake.wait()
            except asyncio.CancelledError:
                # Meant for the work before, or from a cancel scope that a fixture holds open.
                _forget_cancellation()
        job, self._job = self._job, None
        return job


def _forget_cancellation() -> None:
    """Keeps a cancelled test from making asyncio.timeout() and TaskGroup in the next one believe they are cancelled."""
    if sys.version_info >= (3, 11):
        task = asyncio.current_task()
        while task is not None and task.cancelling() > 0:
            task.uncancel()
