"""Thousands of reports are read while a user waits."""

import pathlib
import time

from tests.report.samples import Workspace, case

_TARGETS = 2000
_CASES = 10

# Of processor time, which other programs on the machine have little part in.
_MOST_SECONDS = 5.0

_FAILURE = f'<failure message="assert 1 == 2">{"E   a line of a traceback" * 50}</failure>'


def test_many_reports(tmp_path: pathlib.Path) -> None:
    """2,000 test.xml files with ten cases each are a page in less than five seconds."""
    workspace = Workspace(tmp_path)
    cases = [case(f"test_{number}", _FAILURE if number == 0 else "") for number in range(_CASES)]
    for number in range(_TARGETS):
        workspace.ran(f"//pkg{number // 100}:x{number}_test", *cases)
    before = time.process_time()
    page = workspace.page()
    seconds = time.process_time() - before
    assert f"{_TARGETS:,} of {_TARGETS:,} targets failed" in page
    assert seconds < _MOST_SECONDS
    print(f"{seconds:.1f} s for {_TARGETS:,} reports, {len(page) / 1e6:.1f} MB")
