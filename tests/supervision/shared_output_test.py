"""What a process writes to shared output, another one reads, as far as there is room."""

import os
import random

import pytest
from hermetic_pytest.supervision.shared_output import SharedOutput


@pytest.mark.parametrize("length", [0, 1, 99_999, 100_000, 100_001, 200_000, 200_001, 250_000, 300_000, 1_234_567])
@pytest.mark.parametrize("piece", [7919, 100_000, 150_000, 2_000_000])
def test_content(length: int, piece: int) -> None:
    """A short text is whole; of a long one its beginning and end are there, whatever pieces it came in."""
    text = random.Random(1).randbytes(length).hex()[:length]
    memory = SharedOutput()
    (put, _), _ = memory.mirrors()
    for start in range(0, length, piece):
        put(start, text[start : start + piece].encode())
    remark = f"\n... hermetic_pytest left out {length - 200_000} bytes here ...\n"
    expected = text if length <= 200_000 else f"{text[:100_000]}{remark}{text[-100_000:]}"
    assert memory.read() == (expected, "")


def test_cut() -> None:
    """What pytest has read out is gone, and the stream begins again."""
    memory = SharedOutput()
    _, (put, cut) = memory.mirrors()
    put(0, b"x" * 150_000)
    cut(0)
    assert memory.read() == ("", "")
    put(0, b"new")
    assert memory.read() == ("", "new")


def test_a_forked_process_writes_nothing() -> None:
    """What a test forks has a copy of the stream, which is not this one."""
    memory = SharedOutput()
    (put, cut), _ = memory.mirrors()
    put(0, b"parent")
    pid = os.fork()
    if pid == 0:
        put(0, b"child!")
        cut(0)
        os._exit(0)
    os.waitpid(pid, 0)
    assert memory.read() == ("parent", "")
