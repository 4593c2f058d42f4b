"""What the event loop takes from AnyIO: making a loop of a backend, with that backend's options."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

try:
    # AnyIO has no public way to make a test runner but a context manager that hands out one and the same to everybody,
    # whatever backend and options they ask for. tests/event_loop/anyio_contract_test.py says what is relied on.
    from anyio._core._eventloop import get_async_backend, set_current_async_library
except ImportError as error:
    raise pytest.UsageError(
        f"hermetic_pytest's event loop: {error}; expected AnyIO 4.14 or a later version that still has it. "
        "Pin anyio to a version that this hermetic_pytest is tested with."
    ) from error

if TYPE_CHECKING:
    from anyio.abc import TestRunner

__all__ = ["Backend", "asyncio_loop", "import_asyncio_backend", "new_runner", "set_current_async_library"]


@dataclasses.dataclass(frozen=True)
class Backend:
    """A value of the fixture `anyio_backend`.

    Attributes:
        name: AnyIO's name of the backend, such as "asyncio" or "trio".
        options: the backend's options
            (https://anyio.readthedocs.io/en/stable/basics.html#backend-specific-options).
    """

    name: str
    options: Mapping[str, object]

    @classmethod
    def of(cls, value: object) -> Backend:
        """Reads the fixture's value.

        Args:
            value: a backend's name, or a tuple of the name and its options.

        Raises:
            pytest.UsageError: the value is neither.
        """
        if isinstance(value, str):
            return cls(value, {})
        if isinstance(value, tuple) and len(value) == 2:
            name, options = value
            if isinstance(name, str) and isinstance(options, Mapping):
                return cls(name, options)
        raise pytest.UsageError(
            f"fixture anyio_backend: got {value!r}, expected the name of a backend or a tuple of the name and its "
            'options. Return for example "asyncio", or ("asyncio", {"use_uvloop": True}).'
        )

    @property
    def is_plain_asyncio(self) -> bool:
        """Whether the loop that all tests share by default is what is asked for."""
        return self.name == "asyncio" and not self.options

    @property
    def becomes_current(self) -> bool:
        """Whether AnyIO's runner makes a loop of asyncio the thread's current one."""
        # asyncio.Runner does not do so with a loop that a factory has made.
        return not (self.options.get("use_uvloop") or self.options.get("loop_factory"))


def import_asyncio_backend() -> None:
    """Imports what AnyIO needs on asyncio, which it would do when the first loop is made."""
    get_async_backend("asyncio")


def new_runner(backend: Backend) -> TestRunner:
    """Makes AnyIO's runner of a backend; entering it makes the loop, leaving it closes the loop.

    Raises:
        pytest.UsageError: AnyIO does not have the backend, or the backend's library is not installed.
    """
    options: dict[str, Any] = dict(backend.options)
    try:
        return get_async_backend(backend.name).create_test_runner(options)
    except ImportError as error:
        raise pytest.UsageError(
            f"fixture anyio_backend: got backend {backend.name!r}, but {error}. "
            'Depend on the backend\'s package (trio, uvloop), or use "asyncio".'
        ) from error


def asyncio_loop(runner: TestRunner) -> asyncio.AbstractEventLoop:
    """Finds the loop of AnyIO's runner for asyncio.

    Raises:
        pytest.UsageError: AnyIO keeps the loop elsewhere.
    """
    # Not part of AnyIO's abstract runner. The public way, running something that returns its loop, would leave a second
    # task of AnyIO's on the loop, which tests that look at asyncio.all_tasks() would trip over.
    get_loop = getattr(runner, "get_loop", None)
    if get_loop is None:
        raise pytest.UsageError(
            f"hermetic_pytest's event loop: got {type(runner).__qualname__} without get_loop(), expected AnyIO 4.14 or "
            "a later version that still has it. Pin anyio to a version that this hermetic_pytest is tested with."
        )
    loop: asyncio.AbstractEventLoop = get_loop()
    return loop
