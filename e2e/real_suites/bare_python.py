"""Installs Python and a closure's distributions for bare pytest, as they are on a developer's machine."""

import importlib.metadata
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Sequence


def install(folder: pathlib.Path, plugins: Sequence[str]) -> pathlib.Path:
    """Makes a virtual environment that holds the closure's distributions, the plugins, and nothing else of Bazel.

    Args:
        folder: a folder to make for the environment and the Python that it is of.
        plugins: modules to load as pytest plugins.

    Returns:
        The environment's Python.
    """
    environment = folder / "venv"
    base = _install_python(folder / "base")
    subprocess.run([str(base), "-m", "venv", "--without-pip", str(environment)], env={}, check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    # The others are of the Python that runs this, or of the machine.
    installed = [
        os.path.abspath(entry) for entry in sys.path if entry.endswith("site-packages") and ".runfiles/" in entry
    ]
    installed += [str(_folder_of_module(plugin)) for plugin in plugins]
    (packages / "closure.pth").write_text("\n".join(installed), encoding="utf-8")
    python = environment / "bin" / "python"
    # As an installer writes them (https://packaging.python.org/en/latest/specifications/entry-points/#use-for-scripts).
    for entry in importlib.metadata.entry_points(group="console_scripts"):
        script = environment / "bin" / entry.name
        script.write_text(
            f"#!{python}\nimport sys\nfrom {entry.module} import {entry.attr}\nsys.exit({entry.attr}())\n",
            encoding="utf-8",
        )
        script.chmod(0o755)
    return python


def _install_python(folder: pathlib.Path) -> pathlib.Path:
    """Makes a Python whose folders can be written to: without its bytecode, each start would compile it anew."""

    def install_file(source: str, target: str) -> None:
        # An executable finds its standard library from where it is itself; of modules, links do.
        place = shutil.copy2 if os.access(source, os.X_OK) else os.symlink
        place(source, target)

    # rules_python leaves links that lead nowhere.
    shutil.copytree(os.path.abspath(sys.base_prefix), folder, copy_function=install_file, ignore_dangling_symlinks=True)
    return folder / "bin" / "python3"


def _folder_of_module(name: str) -> pathlib.Path:
    spec = importlib.util.find_spec(name)
    assert spec is not None, f"{name} is not in deps"
    assert spec.origin is not None, f"{name} has no file"
    return pathlib.Path(spec.origin).parents[1 if spec.submodule_search_locations else 0]
