"""What a test had printed when its process died.

pytest captures the output of tests in files without a name, which are gone with the process. Another process that
has them open still reads them: as soon as capturing begins, the test process passes its standard output and standard
error on (SCM_RIGHTS, unix(7)), and keeps nothing of what it took to do so. What pytest captures in memory is mirrored
(`hermetic_pytest.supervision.shared_output`). Where nothing is captured, the log has it.
"""

import _socket
import os
import stat
import struct

from hermetic_pytest.supervision.log_text import log_position, log_since, read_range
from hermetic_pytest.supervision.shared_output import SharedOutput

FILES = struct.Struct("2i")


class CapturedOutput:
    """The pair of sockets and the memory between the two processes; to be made before they part.

    Attributes:
        memory: what `--capture=sys` holds.
    """

    def __init__(self) -> None:
        """Makes them."""
        self.memory = SharedOutput()
        self._reader, self._sender = _socket.socketpair()
        self._files: tuple[int, ...] = ()

    def sender(self) -> _socket.socket:
        """Takes the test process's end, and closes the other one there."""
        self._reader.close()
        return self._sender

    def receive(self) -> None:
        """Closes the test process's end in the process that watches, which is to be done before anything is read."""
        self._sender.close()
        self._reader.setblocking(False)

    def read(self) -> tuple[str, str]:
        """Reads what has been captured and not been reported.

        Returns:
            Standard output and standard error; empty where nothing is captured.
        """
        if not self._files:
            self._files = self._received()
        if not self._files:
            return self.memory.read()
        out, err = map(file_content, self._files)
        return out, err

    def _received(self) -> tuple[int, ...]:
        try:
            _, ancillary, _, _ = self._reader.recvmsg(1, _socket.CMSG_SPACE(FILES.size))
        except OSError:
            # Nothing was sent: the process ended before, or captures nothing.
            return ()
        return tuple(number for _, _, data in ancillary if len(data) == FILES.size for number in FILES.unpack(data))


class DeadTestsOutput:
    """What the test process had printed when it came to its end."""

    def __init__(self, captured: CapturedOutput) -> None:
        """Takes what captures the output of tests; the log is read from where it is now.

        Args:
            captured: the captured output.
        """
        self._captured = captured
        self._log_at_start = log_position()

    def last(self, log_at_its_start: int) -> tuple[str, str]:
        """Reads what a test had printed, or what was printed while a file was imported.

        Args:
            log_at_its_start: how long the log was when the test began, from 1; 0 where its output is captured.

        Returns:
            Standard output and standard error, or both together.
        """
        out, err = self._captured.read()
        # `--capture=sys` leaves what is no output of Python's to the log.
        return (out + log_since(log_at_its_start - 1), err) if log_at_its_start else (out, err)

    def captured(self) -> tuple[str, str]:
        """Reads what is not in the log: standard output and standard error as far as they are captured."""
        return self._captured.read()

    def of_the_start(self) -> str:
        """Reads all that is in the log."""
        return log_since(self._log_at_start)


def file_content(file: int) -> str:
    """Reads what captures a stream.

    Args:
        file: its file descriptor.

    Returns:
        The text, its beginning and its end where it is long; empty where it is no file.
    """
    try:
        status = os.fstat(file)
        return read_range(file, 0, status.st_size) if stat.S_ISREG(status.st_mode) else ""
    except OSError:
        return ""
