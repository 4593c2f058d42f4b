"""A suite whose configuration requires AnyIO's plugin has it, and its async tests run on the conftest's loop."""

import asyncio

import pytest

_loops: list[asyncio.AbstractEventLoop] = []


async def test_first() -> None:
    """An async test runs once, without a marker."""
    _loops.append(asyncio.get_running_loop())


async def test_same_loop() -> None:
    """The next one has the same loop."""
    assert _loops == [asyncio.get_running_loop()]


def test_installed(pytestconfig: pytest.Config) -> None:
    """What is required was found."""
    assert pytestconfig.getini("required_plugins") == ["anyio>=4.14"]
