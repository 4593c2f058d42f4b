"""Bazel's merger of coverage reports in the Debian world."""

import os
import pathlib
import subprocess
import sys

import pytest

_MERGE = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["SCRIPT"])

_ONE = """\
TN:
SF:a.py
FN:1,one
FN:3,two
FNDA:1,one
FNDA:0,two
BRDA:2,0,jump to line 3,1
BRDA:2,0,jump to line 4,0
BRDA:7,0,jump to line 8,-
DA:1,1
DA:2,0
end_of_record
SF:/usr/lib/b.py
DA:1,1
end_of_record
"""

_OTHER = """\
SF:a.py
FN:1,one
FNDA:2,one
BRDA:2,0,jump to line 4,3
BRDA:7,0,jump to line 8,0
DA:1,1,checksum
DA:3,0
end_of_record
SF:c.py
DA:1,0
end_of_record
"""

_SUM = """\
SF:a.py
FN:1,one
FN:3,two
FNDA:3,one
FNDA:0,two
FNF:2
FNH:1
BRDA:2,0,jump to line 3,1
BRDA:2,0,jump to line 4,3
BRDA:7,0,jump to line 8,0
BRF:3
BRH:2
DA:1,2
DA:2,0
DA:3,0
LH:1
LF:3
end_of_record
"""


def _merge(folder: pathlib.Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(_MERGE), f"--output_file={folder / 'out'}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def reports(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with two reports, and Bazel's own file."""
    (tmp_path / "below").mkdir()
    (tmp_path / "one.dat").write_text(_ONE)
    (tmp_path / "below" / "other.dat").write_text(_OTHER)
    (tmp_path / "_coverage.dat").write_text("SF:a.py\nDA:1,100\nend_of_record\n")
    return tmp_path


def test_of_a_test(reports: pathlib.Path) -> None:
    """A test's reports are added up, for the sources that are listed."""
    (reports / "manifest").write_text("a.py\n/usr/lib/b.py\n")
    arguments = [f"--coverage_dir={reports}", f"--source_file_manifest={reports / 'manifest'}"]
    finished = _merge(reports, *arguments, "--filter_sources=/usr/lib/.+", "--filter_sources=/usr/bin/.+")
    assert finished.returncode == 0, finished.stderr
    assert (reports / "out").read_text() == _SUM


def test_of_all_tests(reports: pathlib.Path) -> None:
    """The tests' reports are added up, with all their sources."""
    (reports / "list").write_text(f"{reports}/one.dat\n{reports}/below/other.dat\n")
    finished = _merge(reports, f"--reports_file={reports / 'list'}")
    assert finished.returncode == 0, finished.stderr
    text = (reports / "out").read_text()
    assert _SUM in text
    assert [line for line in text.splitlines() if line.startswith("SF:")] == ["SF:/usr/lib/b.py", "SF:a.py", "SF:c.py"]


@pytest.mark.parametrize(
    "line", ["DA:1", "FN:1,5,one", "FN:1,one(int, int)", "FNDA:1,one(int, int)", "BRDA:2,0,if a, b,1"]
)
def test_malformed(reports: pathlib.Path, line: str) -> None:
    """What Bazel's own merger would drop is an error, which names the file and the line."""
    (reports / "one.dat").write_text(f"SF:a.py\n{line}\n")
    finished = _merge(reports, f"--coverage_dir={reports}")
    assert finished.returncode == 1
    assert f"ValueError: {reports}/one.dat, line 2: '{line}' is no LCOV record" in finished.stderr
    assert not (reports / "out").exists()
