"""Memory in which another process reads what pytest's `--capture=sys` holds: Python objects, gone with their process.

The memory has no name and no file descriptor; as with the record, writing to it is no system call. It has room for the
beginning and the end of each stream. As in `hermetic_pytest.record.note_writer`, nothing is looked up when output
is written.
"""

import mmap
import os
from collections.abc import Callable

from hermetic_pytest.record.record import shared_memory
from hermetic_pytest.supervision.log_text import without_middle

# Bytes of a stream's beginning, and of its end.
_HALF = 100_000

# Bytes of a stream's length, which stands before it.
_LENGTH = 8

_STREAM = _LENGTH + 2 * _HALF


# What is done with a stream: a function that takes where in the stream bytes were written, and the bytes; and one that
# takes the stream's new length.
Mirror = tuple[Callable[[int, bytes], None], Callable[[int], None]]


class SharedOutput:
    """The memory, for standard output and standard error."""

    def __init__(self, file: int = -1) -> None:
        """Makes the memory, before the process that writes is forked.

        Args:
            file: as for `Record`.
        """
        self._memory: mmap.mmap = shared_memory(file, 2 * _STREAM)

    def mirrors(self) -> tuple[Mirror, Mirror]:
        """Makes what writes the two streams, in the process that writes."""
        out, err = (_mirror(memoryview(self._memory)[start : start + _STREAM]) for start in (0, _STREAM))
        return out, err

    def read(self) -> tuple[str, str]:
        """Reads the two streams: all of a short one, the beginning and the end of a long one."""
        out, err = (_content(memoryview(self._memory)[start : start + _STREAM]) for start in (0, _STREAM))
        return out, err


def _mirror(stream: memoryview) -> Mirror:
    """Makes the functions for a stream; they do nothing in a process that a test has forked."""
    length, beginning, end = _parts(stream)
    getpid, owner, count, half = os.getpid, os.getpid(), len, _HALF

    def put(position: int, data: bytes) -> None:
        if getpid() != owner:
            return
        until = position + count(data)
        if position < half:
            head = data[: half - position]
            beginning[position : position + count(head)] = head
        # What the end can hold of what the beginning could not.
        tail = data[-half:] if position >= half else data[half - position :][-half:]
        start = (until - count(tail)) % half
        room = half - start
        end[start : start + count(tail)] = tail[:room]
        end[: count(tail[room:])] = tail[room:]
        length[0] = until

    def cut(size: int) -> None:
        if getpid() == owner:
            length[0] = size

    return put, cut


def _content(stream: memoryview) -> str:
    length, beginning, end = _parts(stream)
    size = length[0]
    head = bytes(beginning[:size])
    if size <= 2 * _HALF:
        return (head + bytes(end[: max(size - _HALF, 0)])).decode(errors="replace")
    # The end is written around: its oldest byte is where the next one would go.
    start = size % _HALF
    tail = bytes(end[start:]) + bytes(end[:start])
    return without_middle(head, tail, size)


def _parts(stream: memoryview) -> tuple[memoryview, memoryview, memoryview]:
    return stream[:_LENGTH].cast("Q"), stream[_LENGTH : _LENGTH + _HALF], stream[_LENGTH + _HALF :]
