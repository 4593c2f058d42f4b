"""Writes the start-up image as an action of the build."""

import contextlib
import importlib
import pathlib
import pkgutil
import sys
import sysconfig

# What runs the tests of a target, with all that it imports.
_PACKAGES = ("pytest", "_pytest", "hermetic_pytest")
# What the launcher and pytest import where they need it; what runs async tests; and what many tests import themselves.
_MODULES = ("_ast_unparse", "pdb", "anyio", "anyio._backends._asyncio", "asyncio", "unittest.mock")


def main(output: str) -> None:
    """Writes the image.

    Args:
        output: the file to write.
    """
    for name in _PACKAGES:
        _import_all(name)
    for name in _MODULES:
        _import(name)
    # The module that has them goes by the platform's name.
    sysconfig.get_config_vars()
    # Only now, as a part of what has been imported.
    from hermetic_pytest.startup.image_file import format_image, module_keys

    pathlib.Path(output).write_bytes(format_image(module_keys(pathlib.Path(__file__).parents[2])))


def _import_all(name: str) -> None:
    package = _import(name)
    for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
        _import(module.name)


def _import(name: str) -> object:
    # What is missing, such as coverage.py for the launcher's part that needs it, each run says itself.
    with contextlib.suppress(ImportError):
        return importlib.import_module(name)
    return None


if __name__ == "__main__":
    main(sys.argv[1])
