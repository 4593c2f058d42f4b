"""What files of the runfiles are at some time, and how to make them that again."""

import os
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FileState:
    """What a file was at some time.

    Attributes:
        link: where a symlink leads; None for a file of its own.
        identity: the device and inode of the file with the content; None where a symlink leads nowhere.
        content: its size in bytes and time of change in nanoseconds; None likewise.
    """

    link: str | None
    identity: tuple[int, int] | None
    content: tuple[int, int] | None

    @classmethod
    def of(cls, path: pathlib.Path) -> "FileState":
        """Looks at a file.

        Args:
            path: a file, or a symlink.

        Returns:
            What it is now.
        """
        link = os.readlink(path) if path.is_symlink() else None
        try:
            found = path.stat()
        except FileNotFoundError:
            return cls(link, None, None)
        return cls(link, (found.st_dev, found.st_ino), (found.st_size, found.st_mtime_ns))

    def was(self, source: pathlib.Path) -> bool:
        """Tells whether the file was a symlink to a source, or a copy of it; not one that the build made.

        Args:
            source: the source.
        """
        if not source.is_file():
            return False
        found = source.stat()
        return self.link is None or self.identity == (found.st_dev, found.st_ino)


def restore(before: Mapping[pathlib.Path, FileState], changed: Sequence[pathlib.Path]) -> None:
    """Removes new files with the folders made for them, and makes symlinks anew.

    Args:
        before: the files before they changed.
        changed: which of them are to be restored, or removed where there was none.
    """
    for path in changed:
        file = before.get(path)
        if file is None:
            path.unlink(missing_ok=True)
            _remove_if_empty(path.parent)
        elif file.link is not None:
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(file.link)


def _remove_if_empty(folder: pathlib.Path) -> None:
    while not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
