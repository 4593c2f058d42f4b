"""A file without a name that a test process writes its stacks to."""

import os
import tempfile


class StackFile:
    """The file, open in both processes.

    Attributes:
        number: its file descriptor.
    """

    def __init__(self) -> None:
        """Makes the file, empty."""
        if hasattr(os, "memfd_create"):
            self.number = os.memfd_create("stacks", os.MFD_CLOEXEC)
        else:
            with tempfile.TemporaryFile() as file:
                self.number = os.dup(file.fileno())
        self._read_to = 0

    def unread(self) -> str:
        """Reads what has been written since it was last taken."""
        return self._bytes().decode(errors="replace")

    def take(self) -> str:
        """Takes what has been written since it was last taken."""
        new = self._bytes()
        self._read_to += len(new)
        return new.decode(errors="replace")

    def _bytes(self) -> bytes:
        return os.pread(self.number, os.fstat(self.number).st_size - self._read_to, self._read_to)
