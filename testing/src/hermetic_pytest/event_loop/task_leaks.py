"""Tasks of asyncio that outlive the test or fixture that started them."""

from __future__ import annotations

import contextvars
import dataclasses
import sys
from collections.abc import Coroutine, Generator
from typing import TYPE_CHECKING, Any

import pytest

from hermetic_pytest.event_loop.task_owner import TaskOwner, owner_in
from hermetic_pytest.event_loop.unpatched_asyncio import Task, sleep, wait

if TYPE_CHECKING:
    import asyncio

# Turns of the loop, enough for a task that was cancelled, or whose connection was closed, to notice.
_TURNS_TO_FINISH = 10
_SECONDS_TO_OBEY = 2.0


class LeakedTaskWarning(pytest.PytestWarning):
    """A test or fixture left a task behind: still running, or failed with nobody to see it."""


@dataclasses.dataclass(frozen=True)
class Leak:
    """What to report about a task.

    Attributes:
        owner: the test or fixture that started it.
        task: its name and what it runs.
        ending: what has become of it, and what to do about it.
    """

    owner: str
    task: str
    ending: str

    def __str__(self) -> str:
        return f"{self.owner} left task {self.task} {self.ending}"


class OwnedTask(Task[Any]):
    """A task that remembers its owner, for versions of Python that do not tell a task's context."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], **options: Any) -> None:
        self.owner = owner_in(options.get("context"))
        super().__init__(coroutine, **options)


def track_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Makes tasks of the loop tell their owners, where they do not by themselves (before Python 3.12)."""
    if sys.version_info < (3, 12):

        def factory(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> OwnedTask:
            return OwnedTask(coroutine, loop=loop, **options)

        loop.set_task_factory(factory)


def owner_of(task: object) -> TaskOwner | None:
    """Finds who started a task, directly or through other tasks and callbacks; None where that is nobody known."""
    if isinstance(task, OwnedTask):
        return task.owner
    if sys.version_info >= (3, 12) and isinstance(task, Task):
        context: contextvars.Context = task.get_context()
        return owner_in(context)
    return None


def describe(task: asyncio.Task[Any]) -> str:
    """Names a task, what it runs and where it waits."""
    coroutine: Coroutine[Any, Any, Any] | Generator[Any, Any, Any] | None = task.get_coro()
    text = f"{task.get_name()!r} running {getattr(coroutine, '__qualname__', coroutine)}()"
    frame = getattr(coroutine, "cr_frame", None)
    return text if frame is None else f"{text} ({frame.f_code.co_filename}:{frame.f_lineno})"


async def end_tasks(tasks: set[asyncio.Task[Any]], leaks: list[Leak]) -> None:
    """Lets tasks that are about to finish do so, and cancels the others.

    Args:
        tasks: what should not run any more.
        leaks: gets an entry for each task that had to be cancelled.
    """
    for _ in range(_TURNS_TO_FINISH):
        await sleep(0)
    running = {task: describe(task) for task in tasks if not task.done()}
    for task in running:
        task.cancel()
    if running:
        await wait(running, timeout=_SECONDS_TO_OBEY)
    for task, text in running.items():
        owner = owner_of(task)
        label = "code outside of async tests and fixtures" if owner is None else owner.label
        leaks.append(Leak(label, text, _ending(task)))


def _ending(task: asyncio.Task[Any]) -> str:
    if not task.done():
        return f"running, and it goes on {_SECONDS_TO_OBEY:g} s after it was cancelled. Let CancelledError end it."
    # Asking for the exception also keeps asyncio from reporting it to whoever runs when the task is collected.
    error = None if task.cancelled() else task.exception()
    outcome = "it was cancelled" if error is None else f"it was cancelled and raised {error!r}"
    return f"running; {outcome}. Await or cancel it, or start it in a fixture that ends it."
