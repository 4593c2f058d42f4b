"""Tells pytest which distributions of the closure bring plugins.

At each start pytest asks importlib.metadata for all distributions three times, reads the entry points of each, and
looks at the disk for each file of those with plugins. That grows with the closure (docs/performance.md).
"""

import functools
import importlib.metadata
import os
import sys
from collections.abc import Iterable
from typing import Any

from hermetic_pytest.closure.entry_points import read_entry_points

# https://docs.pytest.org/en/stable/how-to/writing_plugins.html#making-your-plugin-installable-by-others
_GROUP = "[pytest11]"

# Who asks for nothing but plugins. A pytest that asks from elsewhere gets all distributions, as anyone does.
_ASKING = ("pluggy._manager", "_pytest.config")

# The column of a file's path (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
_RECORD = "RECORD"


def find_plugin_distributions() -> None:
    """Looks once for the distributions with plugins, which pytest gets from now on as long as sys.path is the same."""
    path = [*sys.path]
    # An archive's metadata is for importlib.metadata to read.
    if any(map(os.path.isfile, path)):
        return
    plugins = [_PluginDistribution(folder) for folder, text in read_entry_points(path) if _GROUP in text]
    find_all = importlib.metadata.distributions

    @functools.wraps(find_all)
    def distributions(**context: Any) -> Iterable[importlib.metadata.Distribution]:
        if sys._getframe(1).f_globals.get("__name__") in _ASKING and not context and sys.path == path:
            return iter(plugins)
        return find_all(**context)

    importlib.metadata.distributions = distributions


class _PluginDistribution(importlib.metadata.PathDistribution):
    """A distribution whose files are those that it was installed with, there or not; pytest wants modules' names."""

    @property
    def files(self) -> list[importlib.metadata.PackagePath] | None:
        record = self.read_text(_RECORD)
        if record is None or '"' in record:
            return super().files
        return [importlib.metadata.PackagePath(line.partition(",")[0]) for line in record.splitlines()]
