"""What the supervisor knows of the workers of pytest-xdist, which are its grandchildren.

Each worker connects to a socket without a place in the file system (unix(7), abstract names) when it starts, passes on
a record of its own, the file for its stacks and what captures its tests' output, and closes the connection.
"""

import _socket
import contextlib
import os
import select
import struct
import sys
from dataclasses import dataclass, field

from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hermetic_pytest.stacks.stack_file import StackFile
from hermetic_pytest.supervision.dead_tests_output import file_content
from hermetic_pytest.supervision.shared_output import SharedOutput
from hermetic_pytest.test_xml.phases import phase_name

SUPERVISOR_OPTION = "--hermetic-pytest-supervisor"

# A worker's record, the file for its stacks, its standard output, its standard error, and the memory for these.
FILES = struct.Struct("5i")

# Bytes of a worker's notes that may wait; it notes hardly more than the test that it is at.
RECORD_SIZE = 1 << 20

_MOST_WAITING = 256


@dataclass(kw_only=True)
class Worker:
    """A worker.

    Attributes:
        pid: its process.
        record: its notes.
        stacks: the file for its stacks.
        captured: its standard output and standard error.
        memory: what `--capture=sys` holds of its tests' output.
        running: the test that it is at, empty for none.
    """

    pid: int
    record: Record
    stacks: StackFile
    captured: tuple[int, int]
    memory: SharedOutput
    running: str = ""

    def look(self) -> None:
        """Takes new notes."""
        for kind, nodeid in self.record.take(ended=True):
            self.running = str(nodeid) if kind == "start" else ""

    @property
    def phase(self) -> int:
        """The phase of the test that it is at."""
        return self.record.slot(Slots.PHASE)

    @property
    def place(self) -> str:
        """Words what it is at, in short: the test without its file's folder."""
        folder, slash, _ = self.running.partition("::")[0].rpartition("/")
        return f"in the {phase_name(self.phase)} of {self.running.removeprefix(folder + slash)}"

    def printed(self) -> tuple[str, str]:
        """Reads what the test that it is at has printed: standard output and standard error."""
        streams = zip(map(file_content, self.captured), self.memory.read(), strict=True)
        out, err = (file + memory for file, memory in streams)
        return out, err


@dataclass
class WorkerLinks:
    """The socket, and the workers that have connected.

    Attributes:
        workers: the workers, dead ones included.
    """

    workers: list[Worker] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listens, where the system has such sockets; before the process is forked that starts workers."""
        self._name = f"hermetic_pytest-{os.getpid()}-{os.urandom(8).hex()}"
        self._socket: _socket.socket | None = None
        if sys.platform == "linux":
            self._socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
            self._socket.bind(f"\0{self._name}")
            self._socket.listen(_MOST_WAITING)
            self._socket.setblocking(False)

    def leave(self) -> str | None:
        """Leaves the socket to the supervisor, in the process that starts workers.

        Returns:
            What workers connect to, None where they cannot.
        """
        if self._socket is None:
            return None
        self._socket.close()
        return self._name

    def look(self) -> None:
        """Takes new workers in, and their notes."""
        while self._socket is not None and select.select([self._socket], [], [], 0)[0]:
            with contextlib.suppress(OSError, ValueError):
                self._take_in(self._socket.fileno())
        for worker in self.workers:
            with contextlib.suppress(ValueError):
                worker.look()

    def at(self, nodeid: str) -> Worker | None:
        """Finds the worker that is at a test; None where no such one is known."""
        return next((worker for worker in reversed(self.workers) if worker.running == nodeid), None)

    def _take_in(self, number: int) -> None:
        # Only where there are workers: it takes longer to import than all else of the supervisor.
        import socket

        with socket.socket(fileno=os.dup(number)) as listening:
            connection, _ = listening.accept()
        with connection:
            connection.setblocking(True)
            data, ancillary, _, _ = connection.recvmsg(32, socket.CMSG_SPACE(FILES.size))
        for _, _, files in ancillary:
            notes, stacks, out, err, output = FILES.unpack(files)
            record, memory = Record(RECORD_SIZE, notes), SharedOutput(output)
            os.close(notes)
            os.close(output)
            worker = Worker(pid=int(data), record=record, stacks=StackFile(stacks), captured=(out, err), memory=memory)
            self.workers.append(worker)
