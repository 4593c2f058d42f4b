"""Loads the project's own conftest, wherever the target's tests lie."""

import importlib.util
import pathlib
import types

import pytest

# Not "conftest": the tests' own conftest files have that name.
_MODULE_NAME = "hermetic_pytest_conftest"


def load_conftest(file: pathlib.Path) -> types.ModuleType | None:
    """Imports the conftest as a module that pytest can register as a plugin.

    pytest finds conftest.py files in the folders above a test. This one serves tests in all
    packages and repositories, so it is a plugin of the run where a dep brings it.

    Args:
        file: the conftest's path in the runfiles.

    Returns:
        The module, None where no dep of the target brings the file.
    """
    if not file.is_file():
        return None
    spec = importlib.util.spec_from_file_location(_MODULE_NAME, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def register_conftest(early_config: pytest.Config, file: pathlib.Path) -> None:
    """Makes the conftest a plugin of a run, if a dep of the target brings it.

    Args:
        early_config: the run's configuration, as pytest loads its initial conftest files. Earlier, what the conftest
            names in `pytest_plugins` would be imported without its asserts being rewritten.
        file: the conftest's path in the runfiles.
    """
    module = load_conftest(file)
    if module is not None:
        early_config.pluginmanager.register(module)


class ConftestPlugin:
    """A pytest plugin that adds the conftest to a run."""

    def __init__(self, file: pathlib.Path) -> None:
        """Takes the file.

        Args:
            file: the conftest's path in the runfiles.
        """
        self._file = file

    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, early_config: pytest.Config) -> None:
        """Registers the conftest before those of the tests, which may override it."""
        register_conftest(early_config, self._file)
