"""An asynchronous client of a weather API."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar
from urllib.parse import quote

import aiohttp

from examples.weather.backoff import Backoff
from examples.weather.errors import BadReplyError, NotFoundError, UnavailableError
from examples.weather.replies import parse_page, parse_readings

T = TypeVar("T")


class WeatherClient:
    """Asks one weather API for its stations and what they measured.

    Args:
        session: An open session whose base URL is the API's; its time-outs bound each attempt. The caller closes it.
        backoff: How to try again when the API is unavailable.
    """

    def __init__(self, session: aiohttp.ClientSession, backoff: Backoff) -> None:
        self._session = session
        self._backoff = backoff

    async def stations(self) -> AsyncIterator[str]:
        """Lists the stations; a page is fetched when the ids of the page before it are used up.

        Yields:
            The id of each station, in the API's order.

        Raises:
            ApiError: A page could not be had, or does not lead on to a later page.
        """
        number: int | None = 1
        while number is not None:
            page = await self._get(f"stations?page={number}", parse_page)
            for station in page.stations:
                yield station
            if page.next is not None and page.next <= number:
                raise BadReplyError(f"stations?page={number}: the next page is said to be {page.next}")
            number = page.next

    async def readings(self, station: str) -> list[float]:
        """Fetches what a station measured.

        Args:
            station: The station's id.

        Returns:
            At least one reading, oldest first, in degrees Celsius.

        Raises:
            NotFoundError: There is no such station.
            UnavailableError: The last attempt, too, failed for a reason that may pass.
            BadReplyError: The API's answer makes no sense.
        """
        return await self._get(f"stations/{quote(station, safe='')}/readings", parse_readings)

    async def _get(self, path: str, parse: Callable[[object], T]) -> T:
        async def attempt() -> T:
            try:
                async with self._session.get(path) as reply:
                    _check_status(path, reply.status)
                    return parse(await reply.json())
            except (aiohttp.ContentTypeError, ValueError) as error:
                raise BadReplyError(f"{path}: {error}") from error
            except asyncio.TimeoutError as error:
                raise UnavailableError(f"{path}: no answer in time") from error
            except aiohttp.ClientError as error:
                raise UnavailableError(f"{path}: {error}") from error

        return await self._backoff.call(attempt, retry_on=UnavailableError)


def _check_status(path: str, status: int) -> None:
    if status == 404:
        raise NotFoundError(f"{path}: not found")
    if status == 429 or status >= 500:
        raise UnavailableError(f"{path}: status {status}")
    if status != 200:
        raise BadReplyError(f"{path}: status {status}, expected 200")
