"""A pytest plugin that has the supervisor know what a worker of pytest-xdist is at.

It is a module, not a class, because workers load plugins by name; see `hermetic_pytest.supervision.worker_links`.
"""

import _socket
import contextlib
import os
from collections.abc import Generator, Iterator

import pytest

from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hermetic_pytest.record.test_notes import CALL, SETUP, TEARDOWN
from hermetic_pytest.stacks.stack_answers import StackAnswers
from hermetic_pytest.stacks.stack_file import nameless_file
from hermetic_pytest.stacks.stack_sink import StackSink
from hermetic_pytest.supervision.mirrored_capture import mirror_captured
from hermetic_pytest.supervision.shared_output import SharedOutput
from hermetic_pytest.supervision.worker_links import FILES, RECORD_SIZE, SUPERVISOR_OPTION


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that says where the supervisor listens."""
    parser.addoption(SUPERVISOR_OPTION, dest="hermetic_pytest_supervisor", help="set for workers by hermetic_pytest")


# Inside of pytest's own wrapper, which begins to capture.
@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Passes on what the supervisor needs, and notes tests from then on."""
    notes, stacks, output = nameless_file(), nameless_file(), nameless_file()
    record, memory = Record(RECORD_SIZE, notes), SharedOutput(output)
    with _connection(early_config.known_args_namespace.hermetic_pytest_supervisor) as connection:
        rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, FILES.pack(notes, stacks, 1, 2, output))
        connection.sendmsg([str(os.getpid()).encode()], [rights])
    os.close(notes)
    os.close(output)
    mirror_captured(early_config, memory, ("sys", "tee-sys"))
    answers = StackAnswers(stacks)
    early_config.pluginmanager.register(_Notes(record))
    early_config.pluginmanager.register(StackSink(answers))


@contextlib.contextmanager
def _connection(name: str) -> Iterator[_socket.socket]:
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
    try:
        connection.connect(f"\0{name}")
        yield connection
    finally:
        connection.close()


class _Notes:
    """A pytest plugin that notes which test the worker is at, and in which phase."""

    def __init__(self, record: Record) -> None:
        self._note, self._enter_phase = record.writer(), record.slot_writer(Slots.PHASE)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._enter_phase(SETUP)
        self._note("start", item.nodeid)
        result = yield
        self._note("end", item.nodeid)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        self._enter_phase(CALL)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        self._enter_phase(TEARDOWN)
