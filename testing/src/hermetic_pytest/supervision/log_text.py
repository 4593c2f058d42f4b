"""The log as a file: what was written to it since a moment, where it can be read back."""

import os
import stat

# Bazel has one file take both streams.
LOG = 2

# How much of a text is shown, in bytes; half of it from its beginning, half from its end.
_MOST = 200_000


def is_file() -> bool:
    """Tells whether the log can be read back; a terminal or a pipe cannot."""
    try:
        return stat.S_ISREG(os.fstat(LOG).st_mode)
    except OSError:
        return False


def log_position() -> int:
    """Tells how long the log is; 0 where it cannot be read back."""
    try:
        return os.lseek(LOG, 0, os.SEEK_CUR) if is_file() else 0
    except OSError:
        return 0


def log_since(position: int) -> str:
    """Reads what was written to the log.

    Args:
        position: how long the log was before.

    Returns:
        The text, its beginning and its end where it is long; empty where the log cannot be read.
    """
    end = log_position()
    if end <= position:
        return ""
    try:
        # What standard error is open for is writing.
        file = os.open(f"/dev/fd/{LOG}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return read_range(file, position, end)
    finally:
        os.close(file)


def is_in_a_line() -> bool:
    """Tells whether the log's last line has not ended, such as pytest's line of dots."""
    end = log_position()
    return end > 0 and not log_since(end - 1).endswith("\n")


def read_range(file: int, start: int, end: int) -> str:
    """Reads a part of a file.

    Args:
        file: its file descriptor.
        start: the part's first byte.
        end: the byte after its last one.

    Returns:
        The text, its beginning and its end where it is long.

    Raises:
        OSError: the file cannot be read.
    """
    size = end - start
    if size <= _MOST:
        return os.pread(file, size, start).decode(errors="replace")
    half = _MOST // 2
    return without_middle(os.pread(file, half, start), os.pread(file, half, end - half), size)


def without_middle(beginning: bytes, end: bytes, size: int) -> str:
    """Puts together what is shown of a long text.

    Args:
        beginning: its beginning.
        end: its end.
        size: how long the whole is, in bytes.

    Returns:
        The text, with a remark in the place of its middle.
    """
    remark = f"\n... hermetic_pytest left out {size - len(beginning) - len(end)} bytes here ...\n"
    return f"{beginning.decode(errors='replace')}{remark}{end.decode(errors='replace')}"
