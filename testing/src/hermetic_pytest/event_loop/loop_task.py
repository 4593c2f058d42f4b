"""The one task in which all tests and fixtures of a loop of asyncio run.

AnyIO's own runner ends its task when a test raises CancelledError or SystemExit. What wider fixtures hold open in that
task is lost then, and no later test can run. Here such an exception is an outcome like any other.
"""

from __future__ import annotations

import contextvars
import dataclasses
import sys
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, TypeVar

from hermetic_pytest.event_loop.unpatched_asyncio import CancelledError, current_task

if TYPE_CHECKING:
    import asyncio

_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What has become of work: its result, or the exception that it raised."""

    error: BaseException | None
    result: Any = None


@dataclasses.dataclass(frozen=True)
class _Job:
    work: Awaitable[Any]
    done: asyncio.Future[Outcome]


class LoopTask:
    """Does one piece of work after the other.

    Args:
        loop: the loop; this object is what runs it.
        context: the variables that the loop and the task itself see.

    Attributes:
        task: the task.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, context: contextvars.Context) -> None:
        self._loop = loop
        self._context = context
        self._job: _Job | None = None
        self._closing = False
        self._idle: asyncio.Future[None] | None = None
        self.task = self._start()

    def do(self, work: Awaitable[Any]) -> Outcome:
        """Runs the loop until work is done.

        Args:
            work: what to await.

        Raises:
            BaseException: something else than work has stopped the loop: SystemExit or KeyboardInterrupt in another
                task, KeyboardInterrupt in the loop itself, or a call of stop(). Work is cancelled then.
        """
        __tracebackhide__ = True
        if self.task.done():
            # After a KeyboardInterrupt between two instructions of the task's own.
            self.task = self._start()
        self._job = job = _Job(work, self._loop.create_future())
        self._wake()
        try:
            return self._drive(job.done)
        except BaseException:
            # Or the work would go on when the loop runs again, to tear down fixtures.
            if not self.task.done() and not job.done.done():
                self.task.cancel()
                self._drive(job.done)
            raise

    def close(self) -> None:
        """Ends the task."""
        self._closing = True
        self._wake()
        self._drive(self.task)

    def _wake(self) -> None:
        if self._idle is not None and not self._idle.done():
            self._idle.set_result(None)

    def _start(self) -> asyncio.Task[None]:
        return self._context.run(self._loop.create_task, self._serve())

    def _drive(self, future: asyncio.Future[_T]) -> _T:
        __tracebackhide__ = True
        return self._context.run(self._loop.run_until_complete, future)

    async def _serve(self) -> None:
        __tracebackhide__ = True
        while (job := await self._next_job()) is not None:
            try:
                outcome = Outcome(None, await job.work)
            except BaseException as error:  # noqa: BLE001  # raised again where the work was asked for
                outcome = Outcome(error)
            _forget_cancellation()
            job.done.set_result(outcome)

    async def _next_job(self) -> _Job | None:
        while self._job is None and not self._closing:
            self._idle = self._loop.create_future()
            try:
                await self._idle
            except CancelledError:
                # Meant for the work before, or from a cancel scope that a fixture holds open.
                _forget_cancellation()
        job, self._job = self._job, None
        return job


def _forget_cancellation() -> None:
    """Keeps a cancelled test from making asyncio.timeout() and TaskGroup in the next one believe they are cancelled."""
    if sys.version_info >= (3, 11):
        task = current_task()
        while task is not None and task.cancelling() > 0:
            task.uncancel()
