"""Mirrors what pytest captures in memory, `--capture=sys`, for the supervisor to read."""

import io
import sys
from collections.abc import Callable, Collection, Iterable
from typing import Any

import pytest

from hermetic_pytest.supervision.shared_output import Mirror, SharedOutput


def mirror_captured(config: pytest.Config, memory: SharedOutput, ways: Collection[str] = ("sys",)) -> None:
    """Begins to mirror, if pytest captures in memory; to be called once it captures.

    Args:
        config: pytest's configuration.
        memory: where to.
        ways: the values of `--capture` to do it for. With "tee-sys", output is in the log as well, except a worker's.
    """
    if getattr(config.known_args_namespace, "capture", None) not in ways:
        return
    for stream, mirror in zip((sys.stdout, sys.stderr), memory.mirrors(), strict=True):
        # Of a pytest that captures in another way nothing is known.
        if isinstance(stream, io.TextIOWrapper) and isinstance(stream.buffer, io.BytesIO):
            buffer = _mirrored_bytes()(mirror)
            buffer.write(stream.buffer.getvalue())
            # Made anew in its place: pytest holds this object, and has it made so.
            io.TextIOWrapper.__init__(stream, buffer, encoding="UTF-8", newline="", write_through=True)


def flush_each_line(config: pytest.Config) -> None:
    """Has what is not captured in the log with each line, as on a terminal; a death would take the rest along.

    Args:
        config: pytest's configuration.
    """
    stream = sys.__stdout__
    if getattr(config.known_args_namespace, "capture", None) != "fd" and isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(line_buffering=True)


def _mirrored_bytes() -> Callable[[Mirror], io.BytesIO]:
    """Makes the class; what its methods use is bound here, since a test may replace what it wants."""
    tell, write, truncate, make = io.BytesIO.tell, io.BytesIO.write, io.BytesIO.truncate, bytes

    class MirroredBytes(io.BytesIO):
        def __init__(self, mirror: Mirror) -> None:
            self._put, self._cut = mirror

        def write(self, data: Any) -> int:
            position = tell(self)
            written = write(self, data)
            self._put(position, make(data))
            return written

        def writelines(self, lines: Iterable[Any]) -> None:
            for line in lines:
                self.write(line)

        def truncate(self, size: int | None = None) -> int:
            length = truncate(self, size)
            self._cut(length)
            return length

    return MirroredBytes
