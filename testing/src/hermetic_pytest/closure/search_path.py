"""Makes the target's closure all that the run, and what it starts, can import."""

import os
import pathlib
import sys
from collections.abc import Sequence

from hermetic_pytest.closure.foreign_modules import forget_foreign_modules
from hermetic_pytest.closure.importable_files import ImportableFiles
from hermetic_pytest.closure.virtual_environment import write_virtual_environment

_METADATA = (".dist-info", ".egg-info")


def closure_path(path: Sequence[str], started_in: pathlib.Path, runfiles: pathlib.Path) -> list[str]:
    """Leaves out of a module search path what comes from elsewhere than the target's closure.

    Args:
        path: a module search path, as sys.path.
        started_in: the runfiles root as the path spells it; symlinks such as `bazel-bin` may lead to it.
        runfiles: the runfiles root free of symlinks.

    Returns:
        The entries that are in the runfiles, free of symlinks to these, or belong to the standard library, in their
        order.
    """
    importable = ImportableFiles(started_in, runfiles)
    return [
        f"{runfiles}{entry.removeprefix(str(started_in))}" if _is_below(entry, started_in) else entry
        for entry in path
        if entry in importable
    ]


def shortened(path: Sequence[str]) -> list[str]:
    """Orders and shortens a module search path, without changing what can be imported.

    Each import asks the entries in their order. Most are of the standard library, which comes first, as outside Bazel;
    and Bazel's Python rules add the root of each repository, where a wheel's has no modules.

    Args:
        path: a module search path.

    Returns:
        The entries that hold modules or a distribution's metadata. Where one of them has a name of the standard
        library's, they are in the path's own order.
    """
    standard_library = ImportableFiles()
    standard = [entry for entry in path if entry in standard_library]
    names = {entry: _module_names(entry) for entry in path if entry not in standard_library}
    kept = [entry for entry in names if names[entry]]
    if any(names[entry] & sys.stdlib_module_names for entry in kept):
        return [entry for entry in path if entry in standard or entry in kept]
    return standard + kept


def _module_names(folder: str) -> set[str]:
    """Returns what may be imported or found as metadata from a folder; a file may be a zip that has something."""
    if not os.path.isdir(folder):
        return set() if _is_nowhere(folder) else {folder}
    stems = {name if name.endswith(_METADATA) else name.partition(".")[0] for name in os.listdir(folder)}
    return {stem for stem in stems if stem.isidentifier() or stem.endswith(_METADATA)}


def _is_nowhere(entry: str) -> bool:
    """Whether nothing is there, nor a file that it leads into, like an entry of rules_python's venvs_site_packages."""
    path = pathlib.Path(entry)
    return not path.exists() and next(parent for parent in path.parents if parent.exists()).is_dir()


def _is_below(entry: str, runfiles: pathlib.Path) -> bool:
    return entry.startswith(f"{runfiles}{os.sep}") or entry == str(runfiles)


def enter_closure(started_in: pathlib.Path, runfiles: pathlib.Path, environment: pathlib.Path) -> None:
    """Restricts imports of this process, and of the Pythons that it starts, to the closure.

    Subprocesses get it by a virtual environment that `sys.executable` leads to.

    Args:
        started_in: the runfiles root as sys.path spells it.
        runfiles: the runfiles root free of symlinks.
        environment: where to make the virtual environment.
    """
    sys.path[:] = shortened(closure_path(sys.path, started_in, runfiles))
    forget_foreign_modules(ImportableFiles(started_in, runfiles))
    write_virtual_environment(environment, runfiles, [entry for entry in sys.path if _is_below(entry, runfiles)])
    sys.executable = str(environment / "bin" / "python")
    sys.dont_write_bytecode = True
