"""Looks for processes of a cluster."""

import pathlib


def processes_with(words: str) -> dict[int, str]:
    """Finds processes by their command lines, in whatever namespace they are.

    Args:
        words: what the command line has, its arguments separated by spaces.

    Returns:
        Command lines by process id.
    """
    found = {}
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if words in line:
            found[int(file.parent.name)] = line
    return found
