"""Loads the project's own conftest, wherever the target's tests lie."""

import importlib.util
import pathlib
import types

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
