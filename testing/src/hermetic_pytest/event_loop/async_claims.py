"""Which tests and fixtures are async, and which of them another async plugin runs."""

from __future__ import annotations

import dataclasses
import inspect

import pytest


@dataclasses.dataclass(frozen=True)
class _Rival:
    """Another plugin that runs async tests.

    Attributes:
        plugin: its name, and that of the marker by which it claims a test.
        mode: its setting, command-line option and configuration key alike.
        auto: the setting's value with which it claims every async test.
    """

    plugin: str
    mode: str
    auto: object


# https://pytest-asyncio.readthedocs.io/en/stable/concepts.html#test-discovery-modes and
# https://pytest-trio.readthedocs.io/en/stable/reference.html#trio-mode
_RIVALS = (_Rival("asyncio", "asyncio_mode", "auto"), _Rival("trio", "trio_mode", True))


def is_async(function: object) -> bool:
    """Says whether a fixture's function is one that pytest cannot call by itself."""
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def is_async_test(function: object) -> bool:
    """Says whether a test is a coroutine function, also as the inner test of a Hypothesis test."""
    hypothesis = getattr(function, "hypothesis", None)
    return inspect.iscoroutinefunction(function if hypothesis is None else hypothesis.inner_test)


def has_rival(config: pytest.Config) -> bool:
    """Says whether another async plugin is in the run at all."""
    return any(config.pluginmanager.has_plugin(rival.plugin) for rival in _RIVALS)


def is_claimed(config: pytest.Config, collector: pytest.Module | pytest.Class, function: object) -> bool:
    """Says whether another async plugin runs a test: by its marker, or because it runs all of them.

    Args:
        config: the run's configuration.
        collector: the module or class that holds the test.
        function: the test.

    Returns:
        Whether to keep away from the test.
    """
    names = {mark.name for mark in collector.iter_markers()}
    names.update(mark.name for mark in getattr(function, "pytestmark", ()))
    return any(
        rival.plugin in names or _is_auto(config, rival)
        for rival in _RIVALS
        if config.pluginmanager.has_plugin(rival.plugin)
    )


def _is_auto(config: pytest.Config, rival: _Rival) -> bool:
    setting = config.getoption(rival.mode, default=None)
    if setting is None:
        setting = config.getini(rival.mode)
    return bool(setting == rival.auto)
