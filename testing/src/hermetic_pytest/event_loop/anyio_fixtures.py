"""The fixtures of AnyIO's pytest plugin, for runs that do not load it.

Loading it imports every backend that is installed, which takes longer than the tests of many targets; here nothing is
imported before a test asks for it. See https://anyio.readthedocs.io/en/stable/testing.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from anyio.pytest_plugin import FreePortFactory


@pytest.fixture
def anyio_backend_name(anyio_backend: str | tuple[str, Mapping[str, object]]) -> str:
    """The name of the backend that the test runs on, such as "asyncio"."""
    return anyio_backend if isinstance(anyio_backend, str) else anyio_backend[0]


@pytest.fixture
def anyio_backend_options(anyio_backend: str | tuple[str, Mapping[str, object]]) -> Mapping[str, object]:
    """The options of the backend that the test runs on, as a dict."""
    return {} if isinstance(anyio_backend, str) else anyio_backend[1]


@pytest.fixture(scope="session")
def free_tcp_port_factory() -> FreePortFactory:
    """A function that returns the number of a free TCP port. Each call returns a different number."""
    return _port_factory("SOCK_STREAM")


@pytest.fixture(scope="session")
def free_udp_port_factory() -> FreePortFactory:
    """A function that returns the number of a free UDP port. Each call returns a different number."""
    return _port_factory("SOCK_DGRAM")


@pytest.fixture
def free_tcp_port(free_tcp_port_factory: FreePortFactory) -> int:
    """The number of a free TCP port."""
    return free_tcp_port_factory()


@pytest.fixture
def free_udp_port(free_udp_port_factory: FreePortFactory) -> int:
    """The number of a free UDP port."""
    return free_udp_port_factory()


def _port_factory(kind: str) -> FreePortFactory:
    import socket

    from anyio.pytest_plugin import FreePortFactory

    return FreePortFactory(socket.SocketKind[kind])
