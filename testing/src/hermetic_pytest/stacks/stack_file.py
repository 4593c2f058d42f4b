"""A file without a name that a test process writes its stacks to."""

import os
import tempfile


class StackFile:
    """The file, open in both processes.

    Attributes:
        number: its file descriptor.
    """

    def __init__(self, number: int | None = None) -> None:
        """Takes the file.

        Args:
            number: its file descriptor; None makes a file, which is empty.
        """
        self.number = nameless_file() if number is None else number
        self._read_to = 0
        self._last_seen = b""

    def unread(self) -> str:
        """Reads what has been written since it was last taken."""
        return self._bytes().decode(errors="replace")

    def take(self) -> str:
        """Takes what has been written since it was last taken."""
        new = self._bytes()
        self._read_to += len(new)
        return new.decode(errors="replace")

    def take_settled(self, beginning: str) -> str:
        """Takes a text once nothing was added to it between two calls, where nothing else tells its end.

        Args:
            beginning: how a line of the text begins. Lines before it are a forked child's, which writes here, too.

        Returns:
            The text; empty for another one, and for one that may still be being written.
        """
        new = self._bytes()
        is_settled = new == self._last_seen and f"\n{beginning}".encode() in b"\n" + new
        self._last_seen = new
        if not is_settled:
            return ""
        # Not what was written since the look above: it may be a crash's, which is for the verdict to take.
        self._read_to += len(new)
        return new.decode(errors="replace")

    def _bytes(self) -> bytes:
        return os.pread(self.number, os.fstat(self.number).st_size - self._read_to, self._read_to)


def nameless_file() -> int:
    """Makes a file without a name.

    Returns:
        Its file descriptor.
    """
    if hasattr(os, "memfd_create"):
        return os.memfd_create("hermetic_pytest", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
