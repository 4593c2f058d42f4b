"""Who asks for which backend: the values of the fixture `anyio_backend` that are set up at a time."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterator
from typing import Any, cast

import pytest

from hermetic_pytest.event_loop.anyio_backends import Backend

FIXTURE = "anyio_backend"


@dataclasses.dataclass(frozen=True, eq=False)
class _Entry:
    value: object
    node: pytest.Item | pytest.Collector
    definition: pytest.FixtureDef[Any]


class BackendRequests:
    """Remembers what each value of the fixture is scoped to, which pytest does not tell its users."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        # The async fixtures whose functions have no argument anyio_backend, but which pytest thinks have.
        self._dependents: set[pytest.FixtureDef[Any]] = set()

    def add(self, value: object, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
        """Notes a value of the fixture until that is torn down.

        Args:
            value: what the fixture returned.
            fixturedef: the fixture.
            request: the request for the fixture.
        """
        entry = _Entry(value, request.node, fixturedef)
        self._entries.append(entry)
        request.addfinalizer(lambda: self._entries.remove(entry))

    def owner(self, value: object, node: pytest.Item | pytest.Collector) -> pytest.Item | pytest.Collector:
        """Finds how long a loop lives that a value of the fixture asks for.

        Args:
            value: the fixture's value as seen from `node`.
            node: the test, or what an async fixture is set up for.

        Returns:
            What the fixture is scoped to; the session for plain asyncio.

        Raises:
            pytest.UsageError: the value names no backend.
        """
        nodes = [entry.node for entry in self._visible(value, node)]
        return node.session if nodes == [] or Backend.of(value).is_plain_asyncio else max(nodes, key=_depth)

    def _visible(self, value: object, node: pytest.Item | pytest.Collector) -> list[_Entry]:
        chain = node.listchain()
        return [entry for entry in self._entries if entry.value == value and entry.node in chain]

    @contextlib.contextmanager
    def dependency(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """Makes pytest look at the backend, whenever it needs an async fixture, before it takes a value it has.

        AnyIO alone hands the backend to the fixture without pytest knowing, so that a module-scoped fixture which was
        set up on asyncio would be used again, as it is, by tests that run on trio.

        Args:
            fixturedef: the fixture, which is being set up.
        """
        # Declared final, but read anew for each request. AnyIO's own plugin extends it in the same way.
        attributes = vars(fixturedef)
        names: tuple[str, ...] = fixturedef.argnames
        if fixturedef in self._dependents:
            # The function does not have the argument.
            attributes["argnames"] = tuple(name for name in names if name != FIXTURE)
        elif FIXTURE not in names:
            names = (*names, FIXTURE)
        try:
            yield
        finally:
            attributes["argnames"] = names

    def depend(self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest, value: object) -> None:
        """Makes pytest tear down an async fixture before its backend.

        Args:
            fixturedef: the fixture, which is being set up.
            request: the request for it.
            value: the value of the fixture `anyio_backend` for it.
        """
        if FIXTURE in fixturedef.argnames or fixturedef in self._dependents:
            return
        # From the second time on, pytest does so itself.
        self._dependents.add(fixturedef)
        # Where several with the same value are set up, any may be the one. A teardown too many does no harm.
        for entry in self._visible(value, request.node):
            # finish() is declared to take the class of request that hooks do get, but that has no public name.
            entry.definition.addfinalizer(functools.partial(fixturedef.finish, cast(Any, request)))


def _depth(node: pytest.Item | pytest.Collector) -> int:
    return len(node.listchain())
