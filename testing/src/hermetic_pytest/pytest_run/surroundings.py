"""Collects the doctests of a target's conftest.py and __init__.py files, and nothing else of these."""

import pathlib
from collections.abc import Generator

import pytest

_NAMES = ("__init__.py", "conftest.py")

_Collectors = list[pytest.Collector]


class Surroundings:
    """A pytest plugin that keeps these files from being test modules, which pytest makes of what is an argument."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path: pathlib.Path) -> Generator[None, _Collectors, _Collectors]:
        """Leaves out the module of tests; that of doctests is of a class of its own."""
        collectors = yield
        if file_path.name not in _NAMES:
            return collectors
        return [collector for collector in collectors if type(collector) is not pytest.Module]


def has_doctests_of_modules(early_config: pytest.Config) -> bool:
    """Says whether a run collects the doctests of modules.

    Args:
        early_config: the run's configuration, as pytest loads its initial conftest files.

    Returns:
        Whether `--doctest-modules` is given (https://docs.pytest.org/en/stable/how-to/doctest.html).
    """
    # Absent where the plugin is left out (`-p no:doctest`).
    return bool(getattr(early_config.known_args_namespace, "doctestmodules", False))
