"""Tells a name that a test may have from one that none can have."""

import re

from hermetic_pytest.selection.lines import split_line


def tidied(name: str) -> str:
    """Leaves out of a name what says nothing.

    Args:
        name: a name in a filter, or in a direct run's arguments.

    Returns:
        The name without "./" in front, and without the "/" after a folder.

    Raises:
        ValueError: no test can have the name; has the reason and how to mend it.
    """
    base, bracket, parameters = re.sub(r"\A(\./+)+", "", name).partition("[")
    if bracket and parameters[-1:] not in ("]", "*", "?"):
        raise ValueError(f"{name!r} goes on after its parameters", "end the name with the last ']'")
    base, line = split_line(base if bracket else base.rstrip("/"))
    if line == 0:
        raise ValueError(f"{name!r} has the line 0", "count lines from 1")
    _check_components(name, base)
    return base + ("" if line is None else f":{line}") + bracket + parameters


def _check_components(name: str, base: str) -> None:
    path, *chain = base.split("::")
    if ":" in path:
        raise ValueError(f"{name!r} has a single ':'", "write x_test.py::TestA::test_b, or x_test.py:15 for a line")
    folders = path.removeprefix("/").split("/")
    is_dotted = not chain and len(folders) == 1
    parts = path.lstrip(".").split(".") if is_dotted else [*folders, *chain]
    if not all(parts) or not {".", ".."}.isdisjoint(parts):
        raise ValueError(f"{name!r} has an empty part, or '..'", "write each part of the name")
