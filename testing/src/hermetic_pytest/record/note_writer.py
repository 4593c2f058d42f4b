"""Writes notes to a record, whatever the tests do to the modules that Python programs use.

A test may replace any function of any module while it runs, also in the modules of this package; pyfakefs does so with
each reference to `os`, `io` and others that it finds. So nothing here is looked up when a note is made: all that is
needed is bound in the variables of an enclosing function, which no tool reaches.
"""

import _thread
import enum
import marshal
import os
import struct
import time
from collections.abc import Callable

from hermetic_pytest.record.plain_values import plain_values

# Bytes of one number beside the notes, and of the length before each note.
SLOT = 8

# How a length is written.
LENGTH = "Q"

# The format of marshal without references between values, which is the faster one.
_FORMAT = 2

# Seconds between two looks at whether the reader has made room.
_LOOK_AGAIN = 0.001


class Slots(enum.IntEnum):
    """The numbers beside the notes."""

    # Bytes of notes that were ever written, and taken.
    WRITTEN = 0
    READ = 1
    # The phase of the test that runs; see `hermetic_pytest.test_xml.run_state`.
    PHASE = 2
    # How long the log was when the test began that runs, from 1; 0 where its output does not go there at once.
    LOG = 3


def note_writer(slots: memoryview, ring: memoryview) -> Callable[..., None]:
    """Makes the function that notes.

    It takes the parts of a note: None, booleans, numbers, strings, bytes, and tuples, lists and dicts of these; all
    else is noted as text. It raises nothing. In any other process, one that a test has forked for example, it does
    nothing.

    Args:
        slots: the numbers beside the notes.
        ring: where the notes go.

    Returns:
        The function.
    """
    dumps: Callable[..., bytes] = marshal.dumps
    pack, getpid, owner, count, error = struct.pack, os.getpid, os.getpid(), len, ValueError
    plain, put, size, lock = plain_values(), _ring_writer(slots, ring), len(ring), _thread.RLock()

    def note(*parts: object) -> None:
        if getpid() != owner:
            return
        try:
            data = dumps(parts, _FORMAT)
        except error:
            data = dumps(plain(parts), _FORMAT)
        if count(data) + SLOT > size:
            data = dumps(("lost", count(data)), _FORMAT)
        with lock:
            put(pack(LENGTH, count(data)) + data)

    return note


def _ring_writer(slots: memoryview, ring: memoryview) -> Callable[[bytes], None]:
    getppid, sleep, count, size, reader = os.getppid, time.sleep, len, len(ring), os.getppid()
    written, read = int(Slots.WRITTEN), int(Slots.READ)

    def copy(data: bytes, position: int) -> None:
        start = position % size
        room = size - start
        ring[start : start + count(data)] = data[:room]
        ring[: count(data[room:])] = data[room:]

    def put(data: bytes) -> None:
        length = count(data)
        while True:
            position = slots[written]
            if position + length - slots[read] <= size:
                copy(data, position)
                # A signal's handler may have made a note in the meantime.
                if slots[written] == position:
                    slots[written] = position + length
                    return
            elif getppid() != reader:
                return
            else:
                sleep(_LOOK_AGAIN)

    return put


def slot_writer(slots: memoryview, slot: int) -> Callable[[int], None]:
    """Makes the function that writes one of the numbers beside the notes, in this process alone.

    Args:
        slots: the numbers.
        slot: which one.

    Returns:
        The function; it takes the number.
    """
    getpid, owner = os.getpid, os.getpid()

    def write(value: int) -> None:
        if getpid() == owner:
            slots[slot] = value

    return write
