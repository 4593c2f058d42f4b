"""Trying again, after waiting longer each time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Backoff:
    """How often to try, and how long to wait in between.

    Args:
        attempts: The most attempts to make, 1 or more.
        first: The wait after the first failed attempt, in seconds.
        factor: What each wait is multiplied by to get the next.
        sleep: Waits for a number of seconds; a test puts something faster here.

    Raises:
        ValueError: attempts is below 1.
    """

    attempts: int = 3
    first: float = 0.2
    factor: float = 2.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def __post_init__(self) -> None:
        """Checks the arguments."""
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}, expected 1 or more")

    async def call(self, attempt: Callable[[], Awaitable[T]], retry_on: type[Exception]) -> T:
        """Awaits attempt() until it returns or no attempt is left.

        Args:
            attempt: Makes one attempt.
            retry_on: The error after which another attempt is worth making; any other error ends the call.

        Returns:
            What the first successful attempt returned.

        Raises:
            retry_on: The last attempt raised it.
        """
        delay = self.first
        for _ in range(self.attempts - 1):
            with suppress(retry_on):
                return await attempt()
            await self.sleep(delay)
            delay *= self.factor
        return await attempt()
