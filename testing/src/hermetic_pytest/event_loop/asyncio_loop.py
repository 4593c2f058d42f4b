"""A loop of asyncio, open until its owner ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from hermetic_pytest.event_loop.anyio_backends import Backend, asyncio_loop, new_runner, set_current_async_library
from hermetic_pytest.event_loop.backend_loop import library_context
from hermetic_pytest.event_loop.callback_errors import CallbackErrors
from hermetic_pytest.event_loop.in_context import InContext
from hermetic_pytest.event_loop.loop_task import LoopTask
from hermetic_pytest.event_loop.task_leaks import Leak, end_tasks, owner_of, track_tasks
from hermetic_pytest.event_loop.task_owner import TaskOwner
from hermetic_pytest.event_loop.unpatched_asyncio import all_tasks, get_running_loop, set_event_loop

if TYPE_CHECKING:
    import asyncio

_T = TypeVar("_T")


class AsyncioLoop:
    """See `hermetic_pytest.event_loop.backend_loop.Loop`.

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
        self._is_current = backend.becomes_current
        self._holders = 0
        self._task = LoopTask(self._loop, self._context)

    @property
    def is_usable(self) -> bool:
        """See `Loop.is_usable`."""
        return not self._loop.is_closed()

    @property
    def is_running(self) -> bool:
        """See `Loop.is_running`."""
        # AnyIO's runner would ask asyncio's own name.
        try:
            get_running_loop()
        except RuntimeError:
            return False
        return True

    def run(self, work: Callable[[], Awaitable[_T]], owner: TaskOwner) -> _T:
        """See `Loop.run`."""
        __tracebackhide__ = True
        owner.follow()
        owner.context.run(set_current_async_library, "asyncio")
        self.hold()
        try:
            outcome = self._task.do(InContext(work(), owner.context))
        finally:
            self.release()
        self._errors.raise_with(outcome.error)
        result: _T = outcome.result
        return result

    def hold(self) -> None:
        """See `Loop.hold`; it is open anyway, but asyncio.get_event_loop() in synchronous code finds it only now."""
        if self._holders == 0 and self._is_current:
            set_event_loop(self._loop)
        self._holders += 1

    def release(self) -> None:
        """See `Loop.release`."""
        self._holders -= 1
        if self._holders == 0 and self._is_current:
            set_event_loop(None)

    def end_leftovers(self) -> list[Leak]:
        """See `Loop.end_leftovers`."""
        if not self.is_usable:
            return []
        owned = ((task, owner_of(task)) for task in all_tasks(self._loop))
        return self._end({task for task, owner in owned if owner is not None and owner.ended})

    def close(self) -> list[Leak]:
        """See `Loop.close`."""
        if not self.is_usable:
            return []
        leaks = self._end(all_tasks(self._loop) - {self._task.task})
        self._task.close()
        self._context.run(self._runner.__exit__, None, None, None)
        return leaks + self._errors.late()

    def _end(self, tasks: set[asyncio.Task[Any]]) -> list[Leak]:
        leaks: list[Leak] = []
        tasks -= self._disobedient
        if tasks:
            self._task.do(end_tasks(tasks, leaks))
            self._disobedient.update(task for task in tasks if not task.done())
        return leaks + self._errors.late()
