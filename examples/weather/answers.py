"""What a station of the fake API can answer."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

Answer = Callable[[], Awaitable[web.Response]]


def celsius(*readings: object) -> Answer:
    """Makes the answer of a station that works: its readings, in degrees Celsius."""
    return answer(lambda: web.json_response({"celsius": readings}))


def answer(respond: Callable[[], web.Response]) -> Answer:
    """Makes an answer that is given at once.

    Args:
        respond: Makes the response, anew for each request.
    """

    async def at_once() -> web.Response:
        return respond()

    return at_once


class Held:
    """An answer that waits until a test opens it.

    Attributes:
        open: Set this to let all requests go, those to come included.
        waiting: The requests that are waiting now.
        most_waiting: The most requests that ever waited at the same time.
    """

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.waiting = 0
        self.most_waiting = 0
        self._changed = asyncio.Condition()

    async def __call__(self) -> web.Response:
        """Waits, then answers with one reading."""
        await self._change(+1)
        try:
            await self.open.wait()
        finally:
            await self._change(-1)
        return await celsius(0.0)()

    async def reaches(self, waiting: int) -> None:
        """Returns once exactly so many requests are waiting."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.waiting == waiting)

    async def _change(self, by: int) -> None:
        self.waiting += by
        self.most_waiting = max(self.most_waiting, self.waiting)
        async with self._changed:
            self._changed.notify_all()
