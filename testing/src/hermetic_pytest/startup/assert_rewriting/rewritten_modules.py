"""The file that holds rewritten modules: an index and bytecode.

It is read once, at the start of a run. A module may be imported in an event loop, where a test may forbid all code but
Python's and pytest's own to read a file.
"""

import marshal
import pathlib
from collections.abc import Mapping
from typing import NamedTuple

# Older than references between objects, which would make the file depend on what else the writer had in memory.
_FORMAT = 2

# Before the index is how long it is.
_LENGTH = 8


class Place(NamedTuple):
    """Where the bytecode of a module is.

    Attributes:
        content: the content of the file.
        start: the first byte.
        length: how many bytes there are.
    """

    content: bytes
    start: int
    length: int

    def bytecode(self) -> bytes:
        """Takes out the bytecode."""
        return self.content[self.start : self.start + self.length]


def format_modules(pytest_version: str, bytecode: Mapping[str, bytes]) -> bytes:
    """Writes the modules of one target, library or distribution that pytest need not rewrite any more.

    Args:
        pytest_version: the pytest that rewrote them; another one may rewrite differently.
        bytecode: .pyc files by the rlocation paths of their sources; an empty one for a module that stays as it is.

    Returns:
        The file's content, which any Python can read.
    """
    lengths = {path: len(pyc) for path, pyc in bytecode.items()}
    index = marshal.dumps((pytest_version, lengths), _FORMAT)
    return b"".join([len(index).to_bytes(_LENGTH, "little"), index, *bytecode.values()])


def read_modules(file: pathlib.Path) -> tuple[str, dict[str, Place]]:
    """Reads what `format_modules` wrote.

    Args:
        file: the file.

    Returns:
        The pytest that rewrote the modules, and each module's place by its source's rlocation path.
    """
    content = file.read_bytes()
    start = _LENGTH + int.from_bytes(content[:_LENGTH], "little")
    pytest_version, lengths = marshal.loads(content[_LENGTH:start])
    places = {}
    for path, size in lengths.items():
        places[path] = Place(content, start, size)
        start += size
    return pytest_version, places
