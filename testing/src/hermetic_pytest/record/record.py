"""The record of a run: notes that a process leaves in memory, for the one that watches over it to read.

The memory is shared by both and has no name, no file descriptor and no address that a test is told. Writing to it is
no system call: what was noted is safe, whatever comes next. It is used as a ring, so that it need not hold a whole run.
"""

import marshal
import mmap
import os
import struct
import sys
from collections.abc import Callable

from hermetic_pytest.record.note_writer import LENGTH, SLOT, Slots, note_writer, slot_writer

# Bytes of notes that wait for the reader; more make the writer wait. Memory is used only as far as it is written to.
_SIZE = 64 << 20

_HEADER = SLOT * len(Slots)


class Record:
    """The reader's side."""

    def __init__(self, size: int = _SIZE, file: int = -1) -> None:
        """Makes the memory, before the process that writes is forked.

        Args:
            size: how many bytes of notes may wait, a multiple of 8.
            file: a file descriptor for a process that is no child; what it opens must be a file that holds the memory.
                It may be closed afterwards.
        """
        self._memory = shared_memory(file, _HEADER + size)
        self._slots = memoryview(self._memory)[:_HEADER].cast("Q")
        self._ring = memoryview(self._memory)[_HEADER:]
        self._seen = 0

    def writer(self) -> Callable[..., None]:
        """Makes the function that notes; in the process that writes, before it imports what it shall record.

        Returns:
            The function; see `hermetic_pytest.record.note_writer`.
        """
        return note_writer(self._slots, self._ring)

    def slot_writer(self, slot: int) -> Callable[[int], None]:
        """Makes the function that keeps one of the numbers beside the notes; in the process that writes.

        Args:
            slot: which one.

        Returns:
            The function; it takes the number.
        """
        return slot_writer(self._slots, slot)

    def slot(self, slot: int) -> int:
        """Reads one of the numbers beside the notes.

        Args:
            slot: which one.

        Returns:
            The number, 0 before it was written.
        """
        return self._slots[slot]

    def take(self, *, ended: bool) -> list[tuple[object, ...]]:
        """Takes the notes that were not taken before, and makes room for others.

        Args:
            ended: whether the writer has ended. Of a live one, only those are taken that were there at the look
                before: another processor may see the count of bytes before the bytes.

        Returns:
            The notes, in their order; what cannot be read is left out.
        """
        written = self._slots[Slots.WRITTEN]
        until, self._seen = (written if ended else self._seen), written
        notes: list[tuple[object, ...]] = []
        position = self._slots[Slots.READ]
        while position < until:
            (length,) = struct.unpack(LENGTH, self._bytes(position, SLOT))
            position += SLOT
            if length > until - position:
                break
            notes += _notes(self._bytes(position, length))
            position += length
        self._slots[Slots.READ] = until
        return notes

    def _bytes(self, position: int, length: int) -> bytes:
        size = len(self._ring)
        start = position % size
        data = bytes(self._ring[start : start + length])
        return data + bytes(self._ring[: length - len(data)])


def shared_memory(file: int, size: int) -> mmap.mmap:
    """Makes memory that two processes share.

    Args:
        file: as for `Record`; -1 for memory that a forked process has, too.
        size: how many bytes.

    Returns:
        The memory, all zero where it is new.
    """
    if file != -1:
        os.ftruncate(file, size)
        if sys.version_info >= (3, 13):
            # Without a file descriptor of its own.
            return mmap.mmap(file, size, trackfd=False)
    return mmap.mmap(file, size)


def _notes(data: bytes) -> list[tuple[object, ...]]:
    try:
        note = marshal.loads(data)
    except (EOFError, TypeError, ValueError):
        return []
    return [note] if isinstance(note, tuple) and note else []
