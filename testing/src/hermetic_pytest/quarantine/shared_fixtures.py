"""Finds the fixture to blame where its teardown failed, and tests that are not quarantined have used it, too."""

from collections.abc import Iterator
from types import TracebackType

import pytest

# What tears a fixture down. Contract: tests/quarantine/shared_fixtures_test.py.
_FINISH = pytest.FixtureDef.finish.__code__


class SharedFixtures:
    """The fixtures of the tests that are not quarantined."""

    def __init__(self) -> None:
        """Starts without a test."""
        self._others: list[pytest.Item] = []

    def add(self, item: pytest.Item) -> None:
        """Takes a test that runs in this process and is not quarantined."""
        self._others.append(item)

    def to_blame(self, item: pytest.Item, error: BaseException) -> str | None:
        """Finds a shared fixture that a failure comes from.

        Args:
            item: the quarantined test that pytest reports the failure for.
            error: the failure.

        Returns:
            The fixture's name; None where no other test has used the fixture that failed, or none did.
        """
        return next((each.argname for each in _torn_down(error) if self._is_shared(item, each)), None)

    def _is_shared(self, item: pytest.Item, fixture: pytest.FixtureDef[object]) -> bool:
        place = _place(item, fixture)
        return place is not None and any(
            other.nodeid.startswith(place) and fixture.argname in getattr(other, "fixturenames", ())
            for other in self._others
        )


def _place(item: pytest.Item, fixture: pytest.FixtureDef[object]) -> str | None:
    """Returns what the ids of all tests start with that have the same fixture; None where no other test has it."""
    if fixture.scope not in ("class", "module"):
        return None if fixture.scope == "function" else fixture.baseid
    node = item.getparent(pytest.Class if fixture.scope == "class" else pytest.Module)
    return None if node is None else f"{node.nodeid}::"


def _torn_down(error: BaseException) -> Iterator[pytest.FixtureDef[object]]:
    """Finds the fixtures in whose teardown errors were raised; pytest makes one group of several errors."""
    parts = getattr(error, "exceptions", None)
    if isinstance(parts, tuple):
        for part in parts:
            yield from _torn_down(part)
    else:
        inner = [frame.tb_frame for frame in _frames(error.__traceback__) if frame.tb_frame.f_code is _FINISH]
        if inner:
            yield inner[-1].f_locals["self"]


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next
