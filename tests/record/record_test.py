"""The record takes any value, is never in the way of what it records, and is out of its reach."""

import marshal
import os
import pathlib
import random
import signal
from collections.abc import Callable

import hypothesis
import pytest
from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hypothesis import strategies

hypothesis.settings.register_profile("hermetic", database=None, deadline=None, derandomize=True, max_examples=200)
hypothesis.settings.load_profile("hermetic")


class _Refuses:
    """Raises whatever it is asked for."""

    def __str__(self) -> str:
        raise KeyboardInterrupt

    __repr__ = __str__
    __hash__ = None  # type: ignore[assignment]  # no key of a dict


class _Text(str):
    """A string that is not what it seems."""

    def __str__(self) -> str:
        return "forged"


_VALUES = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats()
    | strategies.binary()
    | strategies.text(strategies.characters(codec=None))
    | strategies.builds(object)
    | strategies.builds(_Refuses)
    | strategies.builds(_Text, strategies.text())
    | strategies.fractions(),
    lambda inner: (
        strategies.lists(inner)
        | strategies.lists(inner).map(tuple)
        | strategies.dictionaries(strategies.integers() | strategies.tuples(strategies.text()), inner)
    ),
)


@hypothesis.given(strategies.lists(_VALUES, max_size=5))
def test_any_value(values: list[object]) -> None:
    """Whatever is noted, nothing is raised, and the notes around it are read."""
    record = Record(1 << 16)
    note = record.writer()
    note("before")
    note("values", *values)
    note("after")
    notes = record.take(ended=True)
    assert (notes[0], notes[-1]) == (("before",), ("after",))
    assert all(note[0] == "values" for note in notes[1:-1])


def test_circle() -> None:
    """A value that holds itself is noted as far as it can be."""
    record = Record(1 << 16)
    circle: list[object] = []
    circle.append(circle)
    record.writer()("circle", circle)
    ((kind, value),) = record.take(ended=True)
    assert (kind, type(value)) == ("circle", tuple)


@pytest.mark.parametrize("value", ["ü\ud800\0", 1 << 200, -0.5, b"\xff", (1, (2,)), None, True])
def test_same_value(value: object) -> None:
    """What marshal knows comes back as it was."""
    record = Record(1 << 12)
    record.writer()("value", value)
    assert record.take(ended=True) == [("value", value)]


def test_ring() -> None:
    """Many more bytes go through the record than it holds, in pieces of any length."""
    record, lengths = Record(1 << 10), random.Random(1)
    note, written, read = record.writer(), [], []
    for number in range(2000):
        written.append((number, "x" * lengths.randrange(200)))
        note(*written[-1])
        if number % 3 == 2:
            read += record.take(ended=True)
    assert read + record.take(ended=True) == written


def test_larger_than_the_record() -> None:
    """Of a note that has no room at all its length is kept, and others are as ever."""
    record = Record(1 << 10)
    note = record.writer()
    note("x" * 2000)
    note("y")
    (lost, other) = record.take(ended=True)
    assert (lost[0], other) == ("lost", ("y",))


def test_a_live_writer_is_read_one_look_later() -> None:
    """Another processor may see how much there is before it sees what there is."""
    record = Record(1 << 10)
    note = record.writer()
    note(1)
    assert record.take(ended=False) == []
    note(2)
    assert record.take(ended=False) == [(1,)]
    assert record.take(ended=True) == [(2,)]


def test_what_cannot_be_read_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that is none does not take others along."""
    record = Record(1 << 10)
    record.writer()(1)
    with monkeypatch.context() as patch:
        patch.setattr(marshal, "dumps", lambda *_: b"no marshal")
        record.writer()(2)
    record.writer()(3)
    assert record.take(ended=True) == [(1,), (3,)]


def _in_a_child(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def test_a_forked_process_notes_nothing() -> None:
    """What a test forks has a copy of the writer, which does nothing there."""
    record = Record(1 << 10)
    note, enter_phase = record.writer(), record.slot_writer(Slots.PHASE)
    enter_phase(2)

    def work() -> None:
        note("child")
        enter_phase(1)

    os.waitpid(_in_a_child(work), 0)
    assert record.take(ended=True) == []
    assert record.slot(Slots.PHASE) == 2


def test_waits_for_the_reader() -> None:
    """A writer that is faster than the reader loses nothing."""
    record = Record(1 << 10)

    def work() -> None:
        note = record.writer()
        for number in range(1000):
            note(number, "x" * 100)

    pid, notes, done = _in_a_child(work), [], 0
    while done == 0:
        done, _ = os.waitpid(pid, os.WNOHANG)
        notes += record.take(ended=done != 0)
    assert [number for number, _ in notes] == list(range(1000))


@pytest.mark.parametrize("seed", range(20))
def test_death_at_any_moment(seed: int) -> None:
    """Of a process that is killed, all notes are there up to the last one, and each is whole."""
    record, moment = Record(1 << 20), random.Random(seed)

    def work() -> None:
        note = record.writer()
        for number in range(10**9):
            note(number, "x" * (number % 97))

    pid, notes, looks = _in_a_child(work), [], moment.randrange(1, 50)
    while looks:
        looks -= 1
        notes += record.take(ended=False)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    notes += record.take(ended=True)
    assert notes == [(number, "x" * (number % 97)) for number in range(len(notes))]


def test_has_no_file_descriptor() -> None:
    """A test that lists them finds none of the record."""
    folder = pathlib.Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("this system does not list file descriptors")
    before = len(list(folder.iterdir()))
    record = Record()
    record.writer()(1)
    assert len(list(folder.iterdir())) == before
