"""Thousands of reports are read while a user waits."""

import pathlib
import time

import pytest

from tests.report.samples import Workspace, case

_TARGETS = 2000
_CASES = 10

_FAILURE = f'<failure message="assert 1 == 2">{"E   a line of a traceback" * 50}</failure>'


def test_many_reports(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2,000 test.xml files with ten cases each are a page; the log has how long that took."""
    workspace = Workspace(tmp_path)
    cases = [case(f"test_{number}", _FAILURE if number == 0 else "") for number in range(_CASES)]
    for number in range(_TARGETS):
        workspace.ran(f"//pkg{number // 100}:x{number}_test", *cases)
    before = time.process_time()
    page = workspace.page()
    seconds = time.process_time() - before
    assert f"{_TARGETS:,} of {_TARGETS:,} targets failed" in page
    with capsys.disabled():
        print(f"\n{seconds:.1f} s of processor time for {_TARGETS:,} reports, {len(page) / 1e6:.1f} MB")
