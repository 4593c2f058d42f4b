"""What a Python process can import, told by the process itself."""

import importlib.util
import json
import sys
from typing import TypedDict

# Of the target, of a dep that is no wheel, of wheels, and of the standard library.
DECLARED = ("tests.closure.pytester.imports", "hermetic_pytest", "anyio", "pytest", "json")
# Of Python's installation or the machine's, of the user, of the shell's PYTHONPATH, and beside this file's source.
UNDECLARED = ("pip", "in_user_site", "in_pythonpath", "inner_suite")


class World(TypedDict):
    """A process's imports.

    Attributes:
        executable: the interpreter that it starts others with.
        files: the files of the modules above; None for one that cannot be imported.
        path: the module search path.
    """

    executable: str
    files: dict[str, str | None]
    path: list[str]


def world() -> World:
    """Looks around in this process."""
    specs = {name: importlib.util.find_spec(name) for name in (*DECLARED, *UNDECLARED)}
    return {
        "executable": sys.executable,
        "files": {name: None if spec is None else spec.origin for name, spec in specs.items()},
        "path": sys.path,
    }


if __name__ == "__main__":
    print(json.dumps(world()))
