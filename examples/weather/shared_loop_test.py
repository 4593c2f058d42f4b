"""All asynchronous tests and fixtures of a target run on one event loop, and none of them says so."""

import asyncio

import pytest

from examples.weather.fake_api import FakeApi


@pytest.fixture(scope="module")
async def module_loop(server: FakeApi) -> asyncio.AbstractEventLoop:
    """The loop of a fixture with a scope between a test's and the session's; it may use the session's server."""
    assert server.loop.is_running()
    return asyncio.get_running_loop()


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_on_one_loop(
    server: FakeApi,
    module_loop: asyncio.AbstractEventLoop,
    loops: list[asyncio.AbstractEventLoop],
    turn: str,
) -> None:
    """Every test so far, in whatever file, ran on the loop of this one, and so did the fixtures of every scope."""
    seen = {*loops, server.loop, module_loop}
    assert seen == {asyncio.get_running_loop()}, f"{turn} test"


class TestInClass:
    """Methods are no exception."""

    async def test_method(self, server: FakeApi) -> None:
        """A method's loop is the one that serves the API."""
        assert server.loop is asyncio.get_running_loop()


def test_between(server: FakeApi) -> None:
    """A synchronous test finds the loop alive, though no asynchronous test is running."""
    assert not server.loop.is_closed()
    assert not server.loop.is_running()


async def test_still_the_same_loop(server: FakeApi, loops: list[asyncio.AbstractEventLoop]) -> None:
    """After a synchronous test the loop is still the same."""
    assert {*loops, server.loop} == {asyncio.get_running_loop()}
