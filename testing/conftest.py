"""What a dep on `//testing:conftest` gives a test: the `pytester` plugin, and one event loop for all async tests."""

from __future__ import annotations

import pytest
from hermetic_pytest.event_loop.registration import register

pytest_plugins = ["pytester"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Names the backend that async tests and fixtures run on, as AnyIO's pytest plugin understands it.

    Returns:
        "asyncio". Override the fixture in a conftest.py, a module or a class for another one, or for options of its
        own: `return "asyncio", {"use_uvloop": True}`. With `-p anyio`, AnyIO's own fixture is in its place. See
        https://anyio.readthedocs.io/en/stable/testing.html#specifying-the-backends-to-run-on.
    """
    return "asyncio"


def pytest_configure(config: pytest.Config) -> None:
    """Has async tests run on the event loop, with the fixture above as the backend of tests that have no other."""
    register(config, globals())
