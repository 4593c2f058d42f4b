"""The file that holds rewritten modules: an index, read at each start, and bytecode, read module by module.

A large plugin's is some megabytes, of which most runs import a part.
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
        file: the file.
        start: the first byte.
        length: how many bytes there are.
    """

    file: pathlib.Path
    start: int
    length: int

    def read(self) -> bytes:
        """Reads the bytecode."""
        with self.file.open("rb") as stream:
            stream.seek(self.start)
            return stream.read(self.length)


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
    """Reads the index of what `format_modules` wrote.

    Args:
        file: the file.

    Returns:
        The pytest that rewrote the modules, and each module's place by its source's rlocation path.
    """
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(_LENGTH), "little")
        pytest_version, lengths = marshal.loads(stream.read(length))
    places = {}
    start = _LENGTH + length
    for path, size in lengths.items():
        places[path] = Place(file, start, size)
        start += size
    return pytest_version, places
