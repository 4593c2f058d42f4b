"""Suites for AnyIO's plugin run as they are: its settings are known, and it is loaded where it is asked for."""

import sys

import anyio
import pytest


async def test_runs() -> None:
    """A test runs whatever the mode is."""
    await anyio.sleep(0)


@pytest.mark.anyio
async def test_marker(anyio_backend_name: str) -> None:
    """AnyIO's marker and fixtures are known."""
    assert anyio_backend_name == "asyncio"


def test_plugin(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> None:
    """AnyIO's plugin is loaded where the target asks for it, and only there; the settings are read in both cases."""
    asked_for = request.config.getini("anyio_mode") == "strict"
    assert pytestconfig.pluginmanager.has_plugin("anyio") is asked_for
    assert ("anyio.pytest_plugin" in sys.modules) is asked_for
    assert pytestconfig.getoption("anyio_mode") == "auto"
