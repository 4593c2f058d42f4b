"""Makes the target's closure all that the run, and what it starts, can import."""

import os
import pathlib
import sys
import sysconfig
from collections.abc import Sequence

# Where distributions and users put packages that no target depends on.
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")


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
    standard = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    return [
        f"{runfiles}{entry.removeprefix(str(started_in))}" if _is_below(entry, started_in) else entry
        for entry in path
        if _is_below(entry, started_in) or _in_standard_library(entry, standard)
    ]


def _is_below(entry: str, runfiles: pathlib.Path) -> bool:
    return entry.startswith(f"{runfiles}{os.sep}") or entry == str(runfiles)


def _in_standard_library(entry: str, standard: set[str]) -> bool:
    if any(part in _PACKAGE_FOLDERS for part in pathlib.PurePath(entry).parts):
        return False
    zipped = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    return os.path.basename(entry) == zipped or any(
        entry == folder or entry.startswith(folder + os.sep) for folder in standard
    )


def enter_closure(started_in: pathlib.Path, runfiles: pathlib.Path, environment: pathlib.Path) -> None:
    """Restricts imports of this process, and of the Pythons that it starts, to the closure.

    Subprocesses get it by a virtual environment (https://docs.python.org/3/library/venv.html) that
    `sys.executable` leads to.

    Args:
        started_in: the runfiles root as sys.path spells it.
        runfiles: the runfiles root free of symlinks.
        environment: where to make the virtual environment.
    """
    sys.path[:] = closure_path(sys.path, started_in, runfiles)
    _write_environment(environment, [entry for entry in sys.path if _is_below(entry, runfiles)])
    sys.executable = str(environment / "bin" / "python")
    sys.dont_write_bytecode = True


def _write_environment(folder: pathlib.Path, entries: Sequence[str]) -> None:
    """Writes what `python -m venv --without-pip` would, and the closure's folders as a .pth file."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    interpreter = os.path.realpath(sys.executable)
    packages = folder / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (packages / "closure.pth").write_text("".join(f"{entry}\n" for entry in entries), encoding="utf-8")
    # Without the second line, the site module adds the interpreter's own packages and the user's.
    settings = f"home = {os.path.dirname(interpreter)}\ninclude-system-site-packages = false\n"
    (folder / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    (folder / "bin").mkdir()
    for name in ("python", "python3", version):
        (folder / "bin" / name).symlink_to(interpreter)
