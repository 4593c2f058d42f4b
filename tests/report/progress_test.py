"""A long reading shows how far it is, and a log is not flooded with that."""

import io

import pytest
from hermetic_pytest.report.progress import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(stream: io.StringIO, seconds: float) -> str:
    """Reads 100 results in some time."""
    now = [0.0]
    progress = Progress(stream, lambda: now[0])
    for done in range(1, 101):
        now[0] += seconds / 100
        progress(done, 100)
    return stream.getvalue()


def test_terminal() -> None:
    """A terminal's line is written over, ten times a second, up to the last result."""
    shown = _shown(_Terminal(), 1.005)
    assert shown.startswith("\r\x1b[Kreport: 1 of 100 results\r")
    assert shown.endswith("\r\x1b[Kreport: 100 of 100 results\n")
    assert 10 <= shown.count("\r") <= 12


@pytest.mark.parametrize(("seconds", "lines"), [(4.9, 0), (12, 2), (50.5, 10)])
def test_log(seconds: float, lines: int) -> None:
    """A log has a line every five seconds, and none of a short reading."""
    shown = _shown(io.StringIO(), seconds).splitlines()
    assert len(shown) == lines
    assert all(line.startswith("report: ") and line.endswith(" of 100 results") for line in shown)
