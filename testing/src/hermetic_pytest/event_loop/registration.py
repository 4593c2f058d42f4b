"""Adds the event loop to a run, in the place of AnyIO's pytest plugin or not at all."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, MutableMapping
from typing import Any

import pytest

from hermetic_pytest.event_loop import anyio_fixtures, marker
from hermetic_pytest.event_loop.anyio_options import asks_for_anyio
from hermetic_pytest.event_loop.plugin import EventLoopPlugin

_PLUGIN = "hermetic_pytest.event_loop"
_FIXTURES = "hermetic_pytest.event_loop.fixtures"
_BACKEND = "anyio_backend"


def register(config: pytest.Config, conftest: MutableMapping[str, Any]) -> None:
    """Adds the event loop to a run. Doing so again changes nothing.

    Where the run's command line or configuration asks for AnyIO's plugin, that runs async tests, on its own backends.

    Args:
        config: the run's configuration, at `pytest_configure`.
        conftest: the conftest's names; its fixture `anyio_backend` names the backend where no conftest.py or module
            has one of its own. It is taken out where AnyIO's own is to hold.
    """
    if asks_for_anyio(config.option.plugins):
        conftest.pop(_BACKEND, None)
        return
    manager = config.pluginmanager
    if manager.has_plugin(_PLUGIN):
        return
    config.addinivalue_line("markers", marker.HELP)
    config.addinivalue_line(
        "markers", "anyio: AnyIO's marker for async tests. With //testing:conftest, async tests run without it, too."
    )
    manager.register(EventLoopPlugin(config), _PLUGIN)
    fixtures = types.ModuleType(_FIXTURES)
    vars(fixtures).update(vars(anyio_fixtures))
    # Installed plugins are in a run that nobody has told otherwise.
    anyio_plugin = manager.get_plugin("anyio")
    if anyio_plugin is not None:
        manager.unregister(anyio_plugin)
        # pytest still knows its fixtures. Among plugins, the fixture of the one registered last wins, and that may be
        # AnyIO's, which runs every test once per installed backend.
        vars(fixtures)[_BACKEND] = _same_backend(inspect.unwrap(conftest[_BACKEND]))
    manager.register(fixtures, _FIXTURES)


def _same_backend(backend: Callable[[], object]) -> object:
    @pytest.fixture(scope="session")
    def anyio_backend() -> object:
        """Names the backend that async tests and fixtures run on, as the conftest's fixture does."""
        return backend()

    return anyio_backend
