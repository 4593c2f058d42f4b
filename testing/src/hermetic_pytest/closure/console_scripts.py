"""Makes the closure's console scripts, which wheels name and installers write.

Runfiles have none: what an installer wrote would start another Python, with other packages. What scripts a
distribution brings is written in its entry points
(https://packaging.python.org/en/latest/specifications/entry-points/#use-for-scripts).

They are all made at each start, for nothing tells when one is first looked for (`shutil.which` raises no audit event).
That takes 1 ms for 30 folders; importlib.metadata takes 2, besides its import.
"""

import contextlib
import os
import pathlib
from collections.abc import Iterator, Sequence

from hermetic_pytest.closure.entry_points import read_entry_points

_GROUPS = ("[console_scripts]", "[gui_scripts]")

_SCRIPT = """\
{first_line}
import sys
from {module} import {imported}
if __name__ == "__main__":
    sys.exit({function}())
"""

# What execve(2) may read of a first line. A shell reads all, and spaces, too; to Python its lines are a string.
_LONGEST = 127
_BY_SHELL = "#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''"


def write_console_scripts(path: Sequence[str], folder: pathlib.Path) -> None:
    """Writes the scripts of all distributions on a module search path.

    Args:
        path: the module search path. Of scripts with one name the first is made, as the first of modules is imported.
        folder: takes the scripts, which its `python` runs; what is there already stays.
    """
    python = str(folder / "python")
    for _, entry_points in read_entry_points(path):
        for name, module, function in _scripts(entry_points):
            with contextlib.suppress(FileExistsError):
                script = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755)
                with open(script, "w", encoding="utf-8") as file:
                    file.write(_script(python, module, function))


def _scripts(entry_points: str) -> Iterator[tuple[str, str, str]]:
    """Finds names, modules and functions; leaves out what names no function, or another folder's file."""
    group = ""
    for line in map(str.strip, entry_points.splitlines()):
        if line.startswith("["):
            group = line
        elif group in _GROUPS and not line.startswith(("#", ";")):
            name, _, reference = line.partition("=")
            module, _, function = reference.partition("[")[0].partition(":")
            script = (name.strip(), module.strip(), function.strip())
            if all(script) and os.sep not in name:
                yield script


def _script(python: str, module: str, function: str) -> str:
    """Writes what pip does; the function may be an attribute of what is imported."""
    first_line = f"#!{python}"
    if " " in python or len(os.fsencode(first_line)) > _LONGEST:
        first_line = _BY_SHELL.format(python=python)
    imported = function.partition(".")[0]
    return _SCRIPT.format(first_line=first_line, module=module, imported=imported, function=function)
