"""Reads what test.log tells where test.xml is silent."""

import os
import pathlib
import re

from hermetic_pytest.report.texts import clean

# How Bazel's test-setup.sh starts each log.
_HEADER = re.compile(rb"^Executing tests from (\S+)$", re.MULTILINE)
_HEADER_BYTES = 1024

_TAIL_BYTES = 16_384


def label_in(log: pathlib.Path | None) -> str:
    """Finds the label of the target that a log is of.

    Args:
        log: the log.

    Returns:
        The label; empty where the log cannot be read or says nothing.
    """
    match = _HEADER.search(_read(log, 0, _HEADER_BYTES))
    return "" if match is None else clean(match[1].decode(errors="replace"))


def tail_of(log: pathlib.Path | None) -> str:
    """Reads the end of a log.

    Args:
        log: the log.

    Returns:
        At most its last 16 KiB, without Bazel's header; empty where the log cannot be read.
    """
    text = _read(log, -_TAIL_BYTES, _TAIL_BYTES)
    header = _HEADER.search(text)
    return clean((text if header is None else text[header.end() :]).decode(errors="replace")).strip("-\n")


def _read(log: pathlib.Path | None, start: int, length: int) -> bytes:
    if log is None:
        return b""
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size + start) if start < 0 else start)
            return file.read(length)
    except OSError:
        return b""
