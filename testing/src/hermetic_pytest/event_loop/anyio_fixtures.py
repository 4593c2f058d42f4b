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
    """Names the backend that the test runs on."""
    return anyio_backend if isinstance(anyio_backend, str) else anyio_backend[0]


@pytest.fixture
def anyio_backend_options(anyio_backend: str | tuple[str, Mapping[str, object]]) -> Mapping[str, object]:
    """Gives the options of the backend that the test runs on."""
    return {} if isinstance(anyio_backend, str) else anyio_backend[1]


@pytest.fixture(scope="session")
def free_tcp_port_factory() -> FreePortFactory:
    """Makes TCP port numbers that are free and were not given out before."""
    return _port_factory("SOCK_STREAM")


@pytest.fixture(scope="session")
def free_udp_port_factory() -> FreePortFactory:
    """Makes UDP port numbers that are free and were not given out before."""
    return _port_factory("SOCK_DGRAM")


@pytest.fixture
def free_tcp_port(free_tcp_port_factory: FreePortFactory) -> int:
    """Gives a free TCP port number."""
    return free_tcp_port_factory()


@pytest.fixture
def free_udp_port(free_udp_port_factory: FreePortFactory) -> int:
    """Gives a free UDP port number."""
    return free_udp_port_factory()


def _port_factory(kind: str) -> FreePortFactory:
    import socket

    from anyio.pytest_plugin import FreePortFactory

    return FreePortFactory(socket.SocketKind[kind])
