"""Knows a target's files by their real paths, where the symlinks of its runfiles lead."""

import os
import pathlib
from collections.abc import Iterator


class DeclaredFiles:
    """The files that a target declares, reached from elsewhere than its runfiles.

    A runfiles path ends as its source's does, and starts with a repository: nothing else tells where a file leads to.
    """

    def __init__(self, runfiles: pathlib.Path) -> None:
        """Looks at nothing yet, for few runs ask.

        Args:
            runfiles: the runfiles root.
        """
        self._runfiles = runfiles

    def __contains__(self, place: str) -> bool:
        """Tells whether a file is declared, or a folder holds something that is.

        Args:
            place: an absolute path.
        """
        real = os.path.realpath(place)
        return any(_leads_to(named, real) for named in self._of_the_same_name(real))

    def _of_the_same_name(self, real: str) -> Iterator[str]:
        parts = pathlib.PurePath(real).parts[1:]
        for repository in os.listdir(self._runfiles):
            for start in range(len(parts)):
                named = os.path.join(self._runfiles, repository, *parts[start:])
                if os.path.exists(named):
                    yield named


def _leads_to(named: str, real: str) -> bool:
    if os.path.realpath(named) == real:
        return True
    return any(os.path.realpath(file) == os.path.join(real, os.path.relpath(file, named)) for file in _files(named))


def _files(folder: str) -> Iterator[str]:
    """Yields the files below a folder; none for a file."""
    for parent, _, names in os.walk(folder):
        yield from (os.path.join(parent, name) for name in names)
