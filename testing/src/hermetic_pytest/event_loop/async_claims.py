"""Which async tests and fixtures another plugin or a conftest runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest

# What an async test has that AnyIO's plugin, or the event loop in its place, is to run.
_OURS = "anyio"


@dataclasses.dataclass(frozen=True)
class _Rival:
    """Another plugin that tells before a test runs whether it is going to run it.

    Attributes:
        plugin: its name, and that of the marker by which it claims a test.
        module: its module, which is its name where `-p` loads it by that.
        mode: its setting, command-line option and configuration key alike.
        auto: the setting's value with which it claims every async test.
    """

    plugin: str
    module: str
    mode: str
    auto: object

    def is_in(self, config: pytest.Config) -> bool:
        """Says whether the plugin is in a run."""
        return any(config.pluginmanager.has_plugin(name) for name in (self.plugin, self.module))


# https://pytest-asyncio.readthedocs.io/en/stable/concepts.html#test-discovery-modes and
# https://pytest-trio.readthedocs.io/en/stable/reference.html#trio-mode
_RIVALS = (
    _Rival("asyncio", "pytest_asyncio.plugin", "asyncio_mode", "auto"),
    _Rival("trio", "pytest_trio.plugin", "trio_mode", True),
)


def has_rival(config: pytest.Config) -> bool:
    """Says whether a plugin that claims async tests is in the run at all."""
    return any(rival.is_in(config) for rival in _RIVALS)


def is_claimed(config: pytest.Config, marks: Iterable[pytest.Mark]) -> bool:
    """Says whether another plugin claims an async test: by its marker, or because it runs all of them.

    Args:
        config: the run's configuration.
        marks: the test's markers, those of its class and module included.

    Returns:
        Whether to keep away from the test, also where the other plugin then refuses to run it.
    """
    names = {mark.name for mark in marks}
    return any(rival.plugin in names or _is_auto(config, rival) for rival in _RIVALS if rival.is_in(config))


def is_surely_ours(collector: pytest.Module | pytest.Class, marks: Iterable[pytest.Mark]) -> bool:
    """Says whether nobody else can run an async test that no known plugin claims.

    Args:
        collector: the module or class that has the test.
        marks: the test's markers.

    Returns:
        False where a plugin or a conftest calls tests itself, perhaps this one: only when it was asked to is known
        whether it does. AnyIO's marker says that it does not.
    """
    return any(mark.name == _OURS for mark in marks) or not _has_caller_of_tests(collector)


def _has_caller_of_tests(collector: pytest.Module | pytest.Class) -> bool:
    # Those of the conftests for the collector's folder, and of all plugins but pytest's own that calls what is left.
    callers = collector.ihook.pytest_pyfunc_call.get_hookimpls()
    return any(not (caller.wrapper or caller.hookwrapper or caller.plugin_name == "python") for caller in callers)


def _is_auto(config: pytest.Config, rival: _Rival) -> bool:
    setting = config.getoption(rival.mode, default=None)
    if setting is None:
        setting = config.getini(rival.mode)
    return bool(setting == rival.auto)
