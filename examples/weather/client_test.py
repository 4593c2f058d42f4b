"""One request at a time: what the client makes of the API's answers."""

import socket

import aiohttp
import pytest
from aiohttp import web

from examples.weather.answers import Answer, Held, answer, celsius
from examples.weather.backoff import Backoff
from examples.weather.client import WeatherClient
from examples.weather.errors import BadReplyError, NotFoundError, UnavailableError
from examples.weather.fake_api import FakeApi


def status(code: int) -> Answer:
    """Makes an answer with this status and no body."""
    return answer(lambda: web.Response(status=code))


def json_text(text: str) -> Answer:
    """Makes an answer that claims to be JSON, whatever its text is."""
    return answer(lambda: web.Response(text=text, content_type="application/json"))


@pytest.mark.parametrize("name", ["oslo", "north/1", "são paulo", "50%", "a?b#c"])
async def test_reads_a_station(api: FakeApi, client: WeatherClient, name: str) -> None:
    """Readings arrive in order, as floats, whatever the station's id looks like in a URL."""
    api.station(name, celsius(4, 2.5, -1))
    readings = await client.readings(name)
    assert readings == [4.0, 2.5, -1.0]
    assert {type(reading) for reading in readings} == {float}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
async def test_lists_every_page(api: FakeApi, client: WeatherClient, count: int) -> None:
    """Stations come in the API's order, none lost or doubled where one page ends and the next begins."""
    names = [f"station-{number}" for number in range(count)]
    for name in names:
        api.station(name, celsius(0))
    assert [station async for station in client.stations()] == names


async def test_fetches_a_page_when_needed(api: FakeApi, client: WeatherClient) -> None:
    """Whoever stops on the first page causes no request for the second."""
    for name in ("bergen", "oslo", "tromsø"):
        api.station(name, celsius(0))
    assert await anext(client.stations()) == "bergen"
    assert api.asked == {"page 1": 1}


@pytest.mark.parametrize("following", [1, 2])
async def test_pages_that_lead_back(api: FakeApi, client: WeatherClient, following: int) -> None:
    """A list of pages that goes in circles is an error, not an endless loop."""
    api.pages = {"1": {"stations": ["oslo"], "next": 2}, "2": {"stations": ["tromsø"], "next": following}}
    stations = client.stations()
    assert [await anext(stations), await anext(stations)] == ["oslo", "tromsø"]
    with pytest.raises(BadReplyError, match=rf"^stations\?page=2: the next page is said to be {following}$"):
        await anext(stations)


async def test_unknown_station(client: WeatherClient, waits: list[float]) -> None:
    """A 404 is NotFoundError, at once."""
    with pytest.raises(NotFoundError, match=r"^stations/atlantis/readings: not found$"):
        await client.readings("atlantis")
    assert waits == []


@pytest.mark.parametrize("code", [429, 500, 503])
async def test_recovers(api: FakeApi, client: WeatherClient, waits: list[float], code: int) -> None:
    """A failure that passes is tried again, with longer and longer waits, and leaves no trace in the result."""
    api.station("oslo", status(code), status(code), celsius(7))
    assert await client.readings("oslo") == [7.0]
    assert waits == [0.5, 1.0]


async def test_gives_up(api: FakeApi, client: WeatherClient) -> None:
    """A failure that stays is raised after the last attempt, and no sooner."""
    api.station("oslo", status(500))
    with pytest.raises(UnavailableError, match=r"^stations/oslo/readings: status 500$"):
        await client.readings("oslo")
    assert api.asked["oslo"] == 3


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(json_text('{"celsius": [1,'), "Expecting value", id="cut short"),
        pytest.param(json_text("[1, 2]"), r"expected \{\"celsius\"", id="wrong shape"),
        pytest.param(answer(lambda: web.Response(text="<html>")), "text/plain", id="not JSON"),
        pytest.param(status(204), "status 204, expected 200", id="no content"),
    ],
)
async def test_useless_replies(api: FakeApi, client: WeatherClient, reply: Answer, reason: str) -> None:
    """An answer that makes no sense is BadReplyError, which says why, and is not asked for again."""
    api.station("oslo", reply)
    with pytest.raises(BadReplyError, match=rf"^stations/oslo/readings: .*{reason}"):
        await client.readings("oslo")
    assert api.asked["oslo"] == 1


async def test_time_out(api: FakeApi, backoff: Backoff, waits: list[float]) -> None:
    """An API that does not answer in time is UnavailableError, after all attempts."""
    api.station("oslo", Held())
    async with aiohttp.ClientSession(api.url, timeout=aiohttp.ClientTimeout(total=0.05)) as session:
        with pytest.raises(UnavailableError, match=r"^stations/oslo/readings: no answer in time$"):
            await WeatherClient(session, backoff).readings("oslo")
    assert waits == [0.5, 1.0]


async def test_nobody_listens(backoff: Backoff) -> None:
    """A refused connection is UnavailableError; the cause is kept."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # nobody else gets this port, and nobody accepts on it
        async with aiohttp.ClientSession(f"http://127.0.0.1:{bound.getsockname()[1]}/") as session:
            with pytest.raises(UnavailableError) as caught:
                await WeatherClient(session, backoff).readings("oslo")
    assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)
