"""A pytest plugin that keeps AnyIO's pytest plugin out of a run, and knows its settings in its place.

It is named on pytest's command line, and gets to pytest-xdist's workers with that. PYTEST_DONT_REWRITE
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The launcher asks before pytest may be imported.
    import pytest

# As its distribution names it, and as it is imported.
_ANYIO = ("anyio", "anyio.pytest_plugin")

_HELP = "AnyIO's mode. It has an effect only with `-p anyio`. Otherwise, async tests need neither a mode nor a marker."


def asks_for_anyio(plugins: Iterable[str]) -> bool:
    """Says whether AnyIO's plugin is among those that a run is to load.

    Args:
        plugins: what pytest's option `-p` names.
    """
    return any(plugin in _ANYIO for plugin in plugins)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Accepts the mode (https://anyio.readthedocs.io/en/stable/testing.html); async tests run in any."""
    # Those that the configuration file names are loaded by now, and those that are merely installed are not.
    if any(pluginmanager.has_plugin(name) for name in _ANYIO) or _is_required(pluginmanager):
        return
    for name in _ANYIO:
        pluginmanager.set_blocked(name)
    parser.addini("anyio_mode", _HELP, default="auto")
    parser.getgroup("anyio").addoption("--anyio-mode", dest="anyio_mode", help=_HELP)


def _is_required(pluginmanager: pytest.PytestPluginManager) -> bool:
    """Says whether the configuration file requires AnyIO's plugin to be installed (`required_plugins`)."""
    config: pytest.Config | None = pluginmanager.get_plugin("pytestconfig")
    required = () if config is None else config.getini("required_plugins")
    return any(re.match(r"anyio(?![\w.-])", requirement) for requirement in required)
