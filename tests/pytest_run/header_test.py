"""The header has no configuration file that nobody gave, and all else that pytest and plugins say."""

import pytest
from hermetic_pytest.pytest_run.header import Header


class _Plugin:
    def pytest_report_header(self) -> list[str]:
        return ["configfile: of a plugin"]


def _header(pytester: pytest.Pytester, *arguments: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    pytester.makepyfile("def test(): pass")
    assert pytest.main(["-pno:cacheprovider", *arguments], [Header(), _Plugin()]) == 0
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith(("rootdir: ", "configfile: "))]


def test_no_file(pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    """The empty file is left out; a plugin's line stays."""
    lines = _header(pytester, "-c/dev/null", f"--rootdir={pytester.path}", capsys=capsys)
    assert sorted(lines) == ["configfile: of a plugin", f"rootdir: {pytester.path}"]


def test_file(pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration file is there as ever."""
    pytester.makeini("[pytest]\n")
    lines = _header(pytester, capsys=capsys)
    assert sorted(lines) == ["configfile: of a plugin", "configfile: tox.ini", f"rootdir: {pytester.path}"]
