"""One server for all tests of a target; a clean API, a client and its recorded waits for each."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from examples.weather.backoff import Backoff
from examples.weather.client import WeatherClient
from examples.weather.fake_api import FakeApi


@pytest.fixture(scope="session")
async def server() -> AsyncIterator[FakeApi]:
    """The server, started once however many test files a target has."""
    async with FakeApi.serve() as api:
        yield api


@pytest.fixture(scope="session")
def loops() -> list[asyncio.AbstractEventLoop]:
    """The loops that the tests so far, and what was set up and torn down for them, ran on."""
    return []


@pytest.fixture(autouse=True)
async def note_loop(loops: list[asyncio.AbstractEventLoop]) -> AsyncIterator[None]:
    """Notes the loop of every test's set-up and tear-down."""
    loops.append(asyncio.get_running_loop())
    yield
    loops.append(asyncio.get_running_loop())


@pytest.fixture
def api(server: FakeApi) -> FakeApi:
    """The server's API, without a trace of the test before."""
    server.reset()
    return server


@pytest.fixture
def waits() -> list[float]:
    """The waits between attempts, in seconds, that the client asked for; nobody waits for real."""
    return []


@pytest.fixture
def backoff(waits: list[float]) -> Backoff:
    """Three attempts, with waits that are noted instead of waited."""

    async def note(seconds: float) -> None:
        waits.append(seconds)

    return Backoff(attempts=3, first=0.5, factor=2.0, sleep=note)


@pytest.fixture
async def client(api: FakeApi, backoff: Backoff) -> AsyncIterator[WeatherClient]:
    """A client of the API, patient enough for a slow machine."""
    async with aiohttp.ClientSession(api.url, timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield WeatherClient(session, backoff)
