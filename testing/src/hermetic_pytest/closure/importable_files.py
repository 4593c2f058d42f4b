"""Judges whether a file is one that a run may import."""

import functools
import os
import pathlib
import sys
import sysconfig

# Where distributions and users put packages that no target depends on.
PACKAGE_FOLDERS = ("site-packages", "dist-packages")


class ImportableFiles:
    """The files below some folders, and the interpreter's standard library."""

    def __init__(self, *folders: pathlib.Path) -> None:
        """Prepares the judgement, which is asked for once a module.

        Args:
            *folders: the folders, also reached by these names where they are or lead through symlinks.
        """
        self._folders = tuple(spelt + os.sep for folder in folders for spelt in (str(folder), os.path.realpath(folder)))

    def __contains__(self, path: str) -> bool:
        """Tells whether a file, folder or entry of a zip file may be imported.

        Args:
            path: an absolute path; symlinks on it are not followed, for a target's files are symlinks themselves.
        """
        place = (os.path.normpath(path) if ".." in path else path) + os.sep
        return place.startswith(self._folders) or _is_standard(place)


def _is_standard(place: str) -> bool:
    if any(f"{os.sep}{name}{os.sep}" in place for name in PACKAGE_FOLDERS):
        return False
    folders, zipped = _standard_library()
    return place.startswith(folders) or zipped in place


@functools.cache
def _standard_library() -> tuple[tuple[str, ...], str]:
    """Returns the starts of paths in the standard library, and the part that all paths in a zipped one have."""
    folders = tuple(sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib"))
    return folders, f"{os.sep}python{sys.version_info.major}{sys.version_info.minor}.zip{os.sep}"
