"""Finds a target's test files by the paths that users and their editors have for them."""

import os
import pathlib
from collections.abc import Sequence


class OwnFiles:
    """A target's test files, in the runfiles and in the source tree."""

    def __init__(self, files: Sequence[str], runfiles: pathlib.Path, folders: Sequence[pathlib.Path]) -> None:
        """Takes the files.

        Args:
            files: the test files' rlocation paths.
            runfiles: the runfiles root, without symlinks in its path.
            folders: where a relative path may start; the first one that has it counts.
        """
        self._runfiles = runfiles
        self._folders = folders
        self.all = tuple(str(runfiles / file) for file in files)
        # As they are called in messages and node ids.
        self.names = [file.partition("/")[2] for file in files]

    def find(self, path: str) -> list[str]:
        """Finds the files that a path names.

        Args:
            path: the path of a file or folder, of the runfiles or of the source tree. Where it is not there, as in a
                sandbox that hides the source tree, it names the files whose paths end as it does.

        Returns:
            The files' paths in the runfiles; none where it names something else.
        """
        place = self._place(path)
        if place is None:
            return self._alike(os.path.normpath(path))
        if place.is_dir():
            folders = {f"{place}{os.sep}", f"{place.resolve()}{os.sep}"}
            return [file for file in self.all if _starts(file, folders) or _starts(os.path.realpath(file), folders)]
        return [file for file in self.all if os.path.samefile(file, place)]

    def exists(self, path: str) -> bool:
        """Tells whether there is a file or folder of this path, declared or not."""
        return self._place(path) is not None

    def is_declared(self, path: str) -> bool:
        """Tells whether a path names what the target has among its runfiles, tests or not."""
        place = self._place(path)
        return place is not None and (self._runfiles in place.parents or self._runfiles in place.resolve().parents)

    def _place(self, path: str) -> pathlib.Path | None:
        places = (pathlib.Path(os.path.normpath(folder / path)) for folder in self._folders)
        return next((place for place in places if os.path.exists(place)), None)

    def _alike(self, path: str) -> list[str]:
        """Finds the files by the ends of paths."""
        ours = {file: f"{os.sep}{pathlib.Path(file).relative_to(self._runfiles)}" for file in self.all}
        if not os.path.isabs(path):
            return [file for file in ours if file.endswith(f"{os.sep}{path}")]
        # Without the repository's folder, which the source tree lacks.
        found = [file for file in ours if path.endswith(ours[file][ours[file].index(os.sep, 1) :])]
        return [max(found, key=len)] if found else []


def _starts(path: str, folders: set[str]) -> bool:
    return any(path.startswith(folder) for folder in folders)
