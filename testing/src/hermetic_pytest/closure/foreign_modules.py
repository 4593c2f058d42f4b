"""Finds imported modules that are neither the target's nor the standard library's."""

import importlib.machinery
import sys

from hermetic_pytest.closure.importable_files import ImportableFiles


def foreign_modules(importable: ImportableFiles) -> dict[str, str]:
    """Looks through all modules that this process has imported from files.

    Args:
        importable: where they may come from.

    Returns:
        The file of each module that comes from elsewhere, by the module's name. For a namespace package, which has no
        file, it is a folder; it comes from elsewhere only if all of its folders do, for its modules count themselves.
    """
    found = {}
    # A copy: other threads may be importing.
    for name, module in sys.modules.copy().items():
        places = _places(module)
        if places and not any(place in importable for place in places):
            found[name] = places[0]
    return found


def _places(module: object) -> list[str]:
    """Returns the file or folders that the import system has loaded a module from, none for what it has not."""
    try:
        # The module's own attribute; an ordinary look-up would load a lazy module.
        spec = object.__getattribute__(module, "__spec__")
        if not isinstance(spec, importlib.machinery.ModuleSpec):
            return []
        if spec.has_location:
            return [] if spec.origin is None else [spec.origin]
        return list(spec.submodule_search_locations or ())
    except (AttributeError, KeyError):
        # It is no module, or a namespace package whose parent package is gone.
        return []


def forget_foreign_modules(importable: ImportableFiles) -> None:
    """Lets this process import anew, or not at all, what it has imported from elsewhere.

    The machine's own Python may import modules at its start, by a .pth file or a `sitecustomize`
    (https://docs.python.org/3/library/site.html). Their finders of modules go, too.

    Args:
        importable: what is kept.
    """
    foreign = foreign_modules(importable)
    for name in foreign:
        del sys.modules[name]
    sys.meta_path[:] = [finder for finder in sys.meta_path if _module(finder) not in foreign]
    sys.path_hooks[:] = [hook for hook in sys.path_hooks if _module(hook) not in foreign]


def _module(value: object) -> str | None:
    """Returns the name of the module that defines a function, a class or an instance's class."""
    return getattr(value, "__module__", None)
