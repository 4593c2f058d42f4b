"""A weather API on loopback that answers as a test tells it to."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from examples.weather.answers import Answer


class FakeApi:
    """A real HTTP server with made-up weather. It lists its stations two to a page.

    Attributes:
        url: The base URL, with a slash at its end.
        loop: The event loop that serves it.
        asked: How often each station was asked for readings, and each page ("page 1") was asked for.
        pages: By page number, as text, the JSON to send in place of the true page.
    """

    def __init__(self) -> None:
        self.url = ""
        self.loop = asyncio.get_running_loop()
        self.reset()

    def reset(self) -> None:
        """Forgets all stations, pages and requests of the test before."""
        self.asked: Counter[str] = Counter()
        self.pages: dict[str, object] = {}
        self._answers: dict[str, list[Answer]] = {}

    def station(self, name: str, *answers: Answer) -> None:
        """Adds a station.

        Args:
            name: The station's id.
            answers: What the requests for its readings get, in order; the last one stays.
        """
        self._answers[name] = list(answers)

    @classmethod
    @asynccontextmanager
    async def serve(cls) -> AsyncIterator["FakeApi"]:
        """Serves an API on a free port of the loopback interface for as long as the context is open.

        Yields:
            The API, without stations.
        """
        api = cls()
        app = web.Application()
        app.router.add_get("/stations", api._list)
        app.router.add_get("/stations/{name}/readings", api._readings)
        runner = web.AppRunner(app, handler_cancellation=True)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            api.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
            yield api
        finally:
            await runner.cleanup()

    async def _list(self, request: web.Request) -> web.Response:
        page = request.query["page"]
        self.asked[f"page {page}"] += 1
        if page in self.pages:
            return web.json_response(self.pages[page])
        end = 2 * int(page)
        names = list(self._answers)
        following = int(page) + 1 if end < len(names) else None
        return web.json_response({"stations": names[end - 2 : end], "next": following})

    async def _readings(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked[name] += 1
        if name not in self._answers:
            return web.Response(status=404)
        answers = self._answers[name]
        return await (answers.pop(0) if len(answers) > 1 else answers[0])()
