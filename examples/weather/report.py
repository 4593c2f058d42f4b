"""What all stations of an API measured, summed up."""

import asyncio
from dataclasses import dataclass
from statistics import fmean

from examples.weather.client import WeatherClient
from examples.weather.errors import ApiError


@dataclass(frozen=True)
class Summary:
    """One station's readings, in degrees Celsius."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True)
class Report:
    """What could be learnt about each station; each is in one of the two, in the API's order.

    Args:
        summaries: By station's id, its readings.
        failures: By station's id, why its readings could not be had.
    """

    summaries: dict[str, Summary]
    failures: dict[str, ApiError]


async def fetch_report(client: WeatherClient, limit: int = 8) -> Report:
    """Fetches the readings of every station at once and sums them up.

    One station's failure does not spoil the report. Cancelling the call cancels all requests under way.

    Args:
        client: Whom to ask.
        limit: The most stations to ask at the same time, 1 or more.

    Returns:
        The report; a station that the API lists twice is in it once.

    Raises:
        ApiError: The list of stations could not be had.
        ValueError: limit is below 1.
    """
    if limit < 1:
        raise ValueError(f"limit is {limit}, expected 1 or more")
    slots = asyncio.Semaphore(limit)

    async def summarise(station: str) -> Summary | ApiError:
        async with slots:
            try:
                readings = await client.readings(station)
            except ApiError as error:
                return error
        return Summary(min(readings), fmean(readings), max(readings))

    stations = list(dict.fromkeys([station async for station in client.stations()]))
    outcomes = dict(zip(stations, await asyncio.gather(*map(summarise, stations)), strict=True))
    return Report(
        summaries={station: outcome for station, outcome in outcomes.items() if isinstance(outcome, Summary)},
        failures={station: outcome for station, outcome in outcomes.items() if isinstance(outcome, ApiError)},
    )
