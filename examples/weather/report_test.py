"""All stations at once: what is summed up, how much is asked at the same time, and how it stops."""

import asyncio
from contextlib import suppress

import pytest

from examples.weather.answers import Held, celsius
from examples.weather.client import WeatherClient
from examples.weather.errors import BadReplyError, NotFoundError
from examples.weather.fake_api import FakeApi
from examples.weather.report import Report, Summary, fetch_report


@pytest.mark.parametrize(
    ("readings", "summary"),
    [
        ([3], Summary(low=3, mean=3, high=3)),
        ([4, 1, 6, 5], Summary(low=1, mean=4, high=6)),
        ([-2.5, 2.5], Summary(low=-2.5, mean=0, high=2.5)),
    ],
)
async def test_sums_up(api: FakeApi, client: WeatherClient, readings: list[float], summary: Summary) -> None:
    """A summary holds the lowest, the mean and the highest reading."""
    api.station("oslo", celsius(*readings))
    assert await fetch_report(client) == Report({"oslo": summary}, {})


async def test_no_stations(client: WeatherClient) -> None:
    """An API without stations gives an empty report."""
    assert await fetch_report(client) == Report({}, {})


async def test_keeps_what_it_got(api: FakeApi, client: WeatherClient) -> None:
    """Stations that fail are listed with their errors beside those that work, in the API's order."""
    api.station("bergen", celsius(5))
    api.station("narvik", celsius())
    api.station("oslo", celsius(3))
    api.pages = {"2": {"stations": ["oslo", "atlantis"], "next": None}}
    report = await fetch_report(client)
    assert list(report.summaries) == ["bergen", "oslo"]
    assert [(name, type(error)) for name, error in report.failures.items()] == [
        ("narvik", BadReplyError),
        ("atlantis", NotFoundError),
    ]


async def test_no_list_no_report(api: FakeApi, client: WeatherClient) -> None:
    """Without the list of stations there is nothing to report: the error is raised."""
    api.pages = {"1": {"error": "closed for repairs"}}
    with pytest.raises(BadReplyError, match="closed for repairs"):
        await fetch_report(client)


async def test_asks_once(api: FakeApi, client: WeatherClient) -> None:
    """A station that moved to the next page while the pages were read is asked once."""
    api.station("oslo", celsius(3))
    api.pages = {"1": {"stations": ["oslo"], "next": 2}, "2": {"stations": ["oslo"], "next": None}}
    assert list((await fetch_report(client)).summaries) == ["oslo"]
    assert api.asked["oslo"] == 1


@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_limit(api: FakeApi, client: WeatherClient, limit: int) -> None:
    """As many stations as the limit allows are asked at the same time, never more, and all in the end."""
    held = Held()
    for number in range(5):
        api.station(f"station-{number}", held)
    report = asyncio.create_task(fetch_report(client, limit))
    await asyncio.wait_for(held.reaches(limit), timeout=30)
    await anext(client.stations())  # a round trip: a request too many would have arrived before it
    held.open.set()
    assert len((await report).summaries) == 5
    assert held.most_waiting == limit


@pytest.mark.parametrize("limit", [0, -1])
async def test_senseless_limit(api: FakeApi, client: WeatherClient, limit: int) -> None:
    """A limit that would wait for ever is refused before anything is asked."""
    with pytest.raises(ValueError, match=rf"^limit is {limit}, expected 1 or more$"):
        await fetch_report(client, limit)
    assert not api.asked


async def test_cancelling(api: FakeApi, client: WeatherClient) -> None:
    """Cancelling a report ends its requests, as the server can tell; the client stays usable."""
    held = Held()
    for name in ("bergen", "narvik", "tromsø"):
        api.station(name, held)
    api.station("oslo", celsius(3))
    report = asyncio.create_task(fetch_report(client))
    await asyncio.wait_for(held.reaches(3), timeout=30)
    report.cancel()
    with suppress(asyncio.CancelledError):
        await report
    assert report.cancelled()
    await asyncio.wait_for(held.reaches(0), timeout=30)
    assert await client.readings("oslo") == [3.0]
