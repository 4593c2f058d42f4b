"""Which loop a test or fixture gets, and how long the loop lives.

A loop belongs to the session, or to the module, class or test with which it ends:

* to the session, if nothing asks for another one;
* where the marker `event_loop` says so, to the module, class or test (see `hermetic_pytest.event_loop.marker`);
* where the fixture `anyio_backend` names another backend than asyncio without options, to what that fixture is
  scoped to. A session-scoped one with uvloop in a conftest.py gives one loop with uvloop for the session; a module's
  own, one for that module. Naming plain asyncio anew changes nothing.

If both say something, the loop lives as long as the shorter one. Tests that come to the same owner and ask for the same
backend and options share the loop. The session's loop stays open while other loops are used. Only asyncio's loops stay
open, though: those of trio are closed as soon as no test and no fixture is on them, as by AnyIO's own plugin.
"""

from __future__ import annotations

import dataclasses

import pytest

from hermetic_pytest.event_loop.anyio_backends import Backend
from hermetic_pytest.event_loop.asyncio_loop import AsyncioLoop
from hermetic_pytest.event_loop.backend_loop import BackendLoop, Loop
from hermetic_pytest.event_loop.task_leaks import Leak

Node = pytest.Item | pytest.Collector


@dataclasses.dataclass(frozen=True, eq=False)
class _Entry:
    owner: Node
    backend: Backend
    loop: Loop


class SharedLoops:
    """The loops that are open in a run."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._leaks: list[Leak] = []

    def loop(self, owner: Node, backend: Backend, who: str) -> Loop:
        """Finds or opens a loop.

        Args:
            owner: with what the loop ends; must be set up by now.
            backend: what it is to be a loop of.
            who: the test or fixture that needs it, for messages.

        Raises:
            pytest.UsageError: AnyIO does not have the backend.
            RuntimeError: fixtures hold another loop of a backend that can have one only.
        """
        for entry in self._entries:
            # A loop that a test has closed leaves the fixtures on it with nothing to run on, but later tests are fine.
            if entry.owner is owner and entry.backend == backend and entry.loop.is_usable:
                return entry.loop
        if backend.name != "asyncio":
            self._require_none_held(backend, who)
        loop: Loop = AsyncioLoop(backend) if backend.name == "asyncio" else BackendLoop(backend)
        entry = _Entry(owner, backend, loop)
        self._entries.append(entry)
        owner.addfinalizer(lambda: self._close(entry))
        return loop

    def _require_none_held(self, backend: Backend, who: str) -> None:
        if any(isinstance(entry.loop, BackendLoop) and entry.loop.is_held for entry in self._entries):
            raise RuntimeError(
                f"{who}: needs a loop of {backend.name} of its own, but a fixture holds another one open; expected "
                "none, since a thread has one such loop at a time. Give the fixture a narrower scope, or let both use "
                "the same loop."
            )

    def end_leftovers(self) -> list[Leak]:
        """Ends tasks of whoever has ended, on all loops; returns them and those that were ended with their loops."""
        leaks, self._leaks = self._leaks, []
        for entry in self._entries:
            leaks += entry.loop.end_leftovers()
        return leaks

    def _close(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        self._leaks += entry.loop.close()


def shorter_lived(one: Node, other: Node) -> Node:
    """Says which of two nodes, one of which contains the other, ends first."""
    return one if other in one.listchain() else other
