"""Peak memory is the command's own."""

import os
import pathlib
import sys

import pytest

from benchmarks import peak_memory
from benchmarks.errors import BenchmarkError
from benchmarks.processes import run


def _peak(tmp_path: pathlib.Path, program: str) -> int:
    file = tmp_path / "peak"
    run(
        [sys.executable, "-I", "-S", peak_memory.__file__, str(file), sys.executable, "-c", program],
        tmp_path,
        os.environ,
    )
    return int(file.read_text(encoding="utf-8"))


def test_peak(tmp_path: pathlib.Path) -> None:
    """100 MB that the command has count, also when it gives them back; 200 MB that this process has do not."""
    own = bytearray(b"x" * 200_000_000)
    little = _peak(tmp_path, "pass")
    much = _peak(tmp_path, "block = b'x' * 100_000_000; del block")
    assert little < 60_000 < 97_000 < much < 190_000
    assert len(own) == 200_000_000


def test_failure(tmp_path: pathlib.Path) -> None:
    """A command that fails is no sample."""
    with pytest.raises(BenchmarkError, match="ended with 7, expected 0"):
        _peak(tmp_path, "raise SystemExit(7)")
