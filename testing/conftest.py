"""What a dep on `//testing:conftest` gives a test: the `pytester` plugin, and one event loop for all async tests."""

from __future__ import annotations

import pytest
from hermetic_pytest.event_loop.registration import register

pytest_plugins = ["pytester"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The backend that async tests and fixtures run on.

    To choose another backend, or options of a backend, override the fixture in a conftest.py, a module or a class:
    `return "asyncio", {"use_uvloop": True}`. With `-p anyio`, AnyIO's own fixture replaces this one. See
    https://anyio.readthedocs.io/en/stable/testing.html#specifying-the-backends-to-run-on.

    Returns:
        The default, `"asyncio"`.
    """
    return "asyncio"


def pytest_configure(config: pytest.Config) -> None:
    """Has async tests run on the event loop, with the fixture above as the backend of tests that have no other."""
    register(config, globals())
