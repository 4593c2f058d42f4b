"""Makes the target's closure all that the run, and what it starts, can import."""

import os
import pathlib
import sys
import sysconfig
import tempfile
from collections.abc import MutableMapping, Sequence

# Where distributions and users put packages that no target depends on.
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")

# What the Python rules' bootstrap sets for the test's own process; subprocesses have the virtual
# environment instead, which also holds when a test passes them an environment of its own.
_BOOTSTRAP_VARIABLES = ("PYTHONPATH", "PYTHONSAFEPATH", "PYTHONHOME")


def closure_path(path: Sequence[str], runfiles: pathlib.Path) -> list[str]:
    """Leaves out of a module search path what comes from elsewhere than the target's closure.

    Args:
        path: a module search path, as sys.path.
        runfiles: the runfiles root.

    Returns:
        The entries that are in the runfiles or belong to the standard library, in their order.
    """
    standard = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    return [entry for entry in path if _in_runfiles(entry, runfiles) or _in_standard_library(entry, standard)]


def _in_runfiles(entry: str, runfiles: pathlib.Path) -> bool:
    return entry.startswith(f"{runfiles}{os.sep}") or entry == str(runfiles)


def _in_standard_library(entry: str, standard: set[str]) -> bool:
    if any(part in _PACKAGE_FOLDERS for part in pathlib.PurePath(entry).parts):
        return False
    zipped = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    return os.path.basename(entry) == zipped or any(
        entry == folder or entry.startswith(folder + os.sep) for folder in standard
    )


def enter_closure(runfiles: pathlib.Path, scratch: pathlib.Path, environ: MutableMapping[str, str]) -> None:
    """Restricts imports of this process, and of the Pythons that it starts, to the closure.

    Subprocesses get it by a virtual environment (https://docs.python.org/3/library/venv.html) that
    `sys.executable` and `python` on PATH lead to.

    Args:
        runfiles: the runfiles root.
        scratch: the run's temporary folder; the virtual environment is made there.
        environ: the process's environment, changed in place.
    """
    sys.path[:] = closure_path(sys.path, runfiles)
    environment = scratch / "venv"
    _write_environment(environment, [entry for entry in sys.path if _in_runfiles(entry, runfiles)])
    sys.executable = str(environment / "bin" / "python")
    for name in _BOOTSTRAP_VARIABLES:
        environ.pop(name, None)
    environ["PATH"] = os.pathsep.join([str(environment / "bin"), environ.get("PATH", os.defpath)])
    environ.setdefault("LANG", "C.UTF-8")
    environ["TMPDIR"] = str(scratch)
    tempfile.tempdir = None
    # Bytecode beside the sources would be in Bazel's output tree, for the next run to find.
    environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True


def _write_environment(folder: pathlib.Path, entries: Sequence[str]) -> None:
    """Writes what `python -m venv --without-pip` would, and the closure's folders as a .pth file."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    interpreter = os.path.realpath(sys.executable)
    packages = folder / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (packages / "closure.pth").write_text("".join(f"{entry}\n" for entry in entries), encoding="utf-8")
    (folder / "pyvenv.cfg").write_text(f"home = {os.path.dirname(interpreter)}\n", encoding="utf-8")
    (folder / "bin").mkdir()
    for name in ("python", "python3", version):
        (folder / "bin" / name).symlink_to(interpreter)
