"""Which context variables a test or fixture sees: its own, and those of the fixtures that it uses."""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest

from hermetic_pytest.event_loop.task_owner import TaskOwner


@dataclasses.dataclass(frozen=True, eq=False)
class _Published:
    """What a fixture that is wider than a test has set, for everybody who uses it."""

    name: str
    node: pytest.Item | pytest.Collector
    variables: Mapping[contextvars.ContextVar[Any], object]


class FixtureVariables:
    """The owners of a run, each with the variables that it should see."""

    def __init__(self) -> None:
        self._published: list[_Published] = []
        self._test: TaskOwner | None = None

    def of_test(self, item: pytest.Item, used: Collection[str]) -> TaskOwner:
        """Finds or makes the owner for a test and its function-scoped fixtures.

        Args:
            item: the test.
            used: the names of all fixtures that the test uses.
        """
        if self._test is None:
            self._test = self._new(f"test {item.nodeid}", item, used)
        return self._test

    @contextlib.contextmanager
    def of_fixture(self, request: pytest.FixtureRequest) -> Iterator[TaskOwner]:
        """Finds or makes the owner for an async fixture, which lasts as long as the context is entered.

        Args:
            request: the request for the fixture.
        """
        if request.scope == "function":
            yield self.of_test(request.node, request.fixturenames)
            return
        node: pytest.Item | pytest.Collector = request.node
        where = "" if node.nodeid == "" else f" of {node.nodeid}"
        owner = self._new(f"{request.scope}-scoped fixture {request.fixturename!r}{where}", node, request.fixturenames)
        try:
            yield owner
        finally:
            owner.end()

    @contextlib.contextmanager
    def published(
        self, request: pytest.FixtureRequest, variables: Mapping[contextvars.ContextVar[Any], object]
    ) -> Iterator[None]:
        """Hands the variables of a wide fixture to the test that it is set up for, and for some time to other users.

        Args:
            request: the request for the fixture.
            variables: what the fixture has set.
        """
        published = _Published(str(request.fixturename), request.node, variables)
        self._published.append(published)
        if self._test is not None:
            self._test.adopt(variables)
        try:
            yield
        finally:
            self._published.remove(published)

    def end_test(self) -> None:
        """Notes that a test is torn down."""
        if self._test is not None:
            self._test.end()
            self._test = None

    def _new(self, label: str, node: pytest.Item | pytest.Collector, used: Collection[str]) -> TaskOwner:
        owner = TaskOwner(label)
        chain = node.listchain()
        for published in self._published:
            if published.name in used and published.node in chain:
                owner.adopt(published.variables)
        return owner
