"""Gives the Pythons that a run starts the closure, by a virtual environment around the run's own interpreter.

Unlike PYTHONPATH it also serves those that a test gives an environment of their own
(https://docs.python.org/3/library/venv.html).
"""

import os
import pathlib
import sys
from collections.abc import Sequence

from hermetic_pytest.closure.console_scripts import write_console_scripts

# Python executes the last line at its start (https://docs.python.org/3/library/site.html); few scripts are symlinks.
_PTH = """\
{entries}
import os, sys; os.path.islink(sys.argv[0]) and __import__({module!r}, fromlist=["*"]).keep_script_in({runfiles!r})
"""
_SCRIPT_FOLDER = "hermetic_pytest.closure.script_folder"


def site_packages(folder: pathlib.Path) -> pathlib.Path:
    """Returns where a virtual environment has its packages, and the `.pth` files that Python reads at its start.

    Args:
        folder: the environment's folder.

    Returns:
        The folder, which need not exist yet.
    """
    return folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def write_virtual_environment(folder: pathlib.Path, runfiles: pathlib.Path, path: Sequence[str]) -> None:
    """Writes what `python -m venv --without-pip` would, with the closure as its packages.

    Args:
        folder: where to make the environment.
        runfiles: the runfiles root free of symlinks.
        path: the closure's part of the module search path.
    """
    interpreter = _interpreter()
    packages = site_packages(folder)
    packages.mkdir(parents=True)
    pth = _PTH.format(entries="\n".join(path), module=_SCRIPT_FOLDER, runfiles=str(runfiles))
    (packages / "closure.pth").write_text(pth, encoding="utf-8")
    # Without the second line, the site module adds the interpreter's own packages and the user's.
    settings = f"home = {os.path.dirname(interpreter)}\ninclude-system-site-packages = false\n"
    (folder / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    (folder / "bin").mkdir()
    for name in ("python", "python3", packages.parent.name):
        (folder / "bin" / name).symlink_to(interpreter)
    write_console_scripts(path, folder / "bin")


def _interpreter() -> str:
    """Finds the interpreter by a path from which it spells its standard library as this process does."""
    real = os.path.realpath(sys.executable)
    spelled = os.path.join(sys.base_prefix, "bin", os.path.basename(real))
    return spelled if os.path.exists(spelled) else real
