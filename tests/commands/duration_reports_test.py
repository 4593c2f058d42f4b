"""The last run of each target tells how long its tests took."""

import os
import pathlib

import pytest
from hermetic_pytest.commands.duration_reports import TargetReport, read_reports
from hermetic_pytest.errors import LauncherError

_CASE = """\
<testcase classname="x_test" name="{name}" time="{seconds}"><properties>
<property name="hermetic_pytest.durations" value="_main/x.json" />
<property name="hermetic_pytest.test_id" value="x_test.py::{name}" />
{number}</properties></testcase>
"""


class _Testlogs:
    """Bazel's folder of results; each report is newer than the one before."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self._time = 0

    def write(self, path: str, suite: str, collected: int | None = 2, **seconds: float) -> None:
        number = "" if collected is None else f'<property name="hermetic_pytest.tests_collected" value="{collected}" />'
        cases = (_CASE.format(name=name, seconds=each, number=number) for name, each in seconds.items())
        self.write_text(path, f'<testsuites><testsuite name="{suite}">{"".join(cases)}</testsuite></testsuites>')

    def write_text(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self._time += 1
        os.utime(file, (self._time, self._time))

    def reports(self) -> list[TargetReport]:
        return list(read_reports(self.folder))


@pytest.fixture
def testlogs(tmp_path: pathlib.Path) -> _Testlogs:
    """A folder without results."""
    return _Testlogs(tmp_path)


def _report(is_whole: bool = True, label: str = "//pkg:x_test", **seconds: float) -> TargetReport:
    tests = {f"x_test.py::{name}": each for name, each in seconds.items()}
    return TargetReport(label=label, file="_main/x.json", seconds=tests, is_whole=is_whole)


def test_no_reports(testlogs: _Testlogs) -> None:
    """Without results there is nothing to tell."""
    assert testlogs.reports() == []


def test_targets(testlogs: _Testlogs) -> None:
    """Each target is told on its own, whatever its name."""
    testlogs.write("pkg/x_test/test.xml", "//pkg:x_test", test_a=1.5, test_b=0.25)
    testlogs.write("pkg/sub/x_test/test.xml", "//pkg:sub/x_test", test_a=2)
    whole = _report(test_a=1.5, test_b=0.25)
    assert testlogs.reports() == [_report(is_whole=False, label="//pkg:sub/x_test", test_a=2.0), whole]


def test_shards(testlogs: _Testlogs) -> None:
    """Shards are together the target, and one without tests changes nothing."""
    testlogs.write("pkg/x_test/shard_1_of_3/test.xml", "//pkg:x_test (shard 1 of 3)", test_a=1)
    testlogs.write("pkg/x_test/shard_2_of_3/test.xml", "//pkg:x_test (shard 2 of 3)", test_b=2)
    testlogs.write("pkg/x_test/shard_3_of_3/test.xml", "//pkg:x_test (shard 3 of 3)")
    assert testlogs.reports() == [_report(test_a=1.0, test_b=2.0)]


def test_missing_shard(testlogs: _Testlogs) -> None:
    """Without one of its shards a target is not whole."""
    testlogs.write("pkg/x_test/shard_2_of_2/test.xml", "//pkg:x_test (shard 2 of 2)", test_b=2)
    assert testlogs.reports() == [_report(is_whole=False, test_b=2.0)]


def test_named_tests(testlogs: _Testlogs) -> None:
    """A run of tests that the command line named is not whole."""
    testlogs.write("pkg/x_test/test.xml", "//pkg:x_test", collected=None, test_a=1)
    assert testlogs.reports() == [_report(is_whole=False, test_a=1.0)]


def test_other_number_of_shards(testlogs: _Testlogs) -> None:
    """What an earlier number of shards left behind does not count."""
    testlogs.write("pkg/x_test/test.xml", "//pkg:x_test", test_a=7, test_old=7)
    testlogs.write("pkg/x_test/shard_1_of_3/test.xml", "//pkg:x_test (shard 1 of 3)", test_old=7)
    testlogs.write("pkg/x_test/shard_1_of_2/test.xml", "//pkg:x_test (shard 1 of 2)", test_a=1)
    testlogs.write("pkg/x_test/shard_2_of_2/test.xml", "//pkg:x_test (shard 2 of 2)", test_b=2)
    assert testlogs.reports() == [_report(test_a=1.0, test_b=2.0)]


@pytest.mark.parametrize("folder", ["run_{}_of_2", "shard_1_of_1_run_{}_of_2"])
def test_runs(testlogs: _Testlogs, folder: str) -> None:
    """Of several runs of a test the last one counts."""
    testlogs.write(f"pkg/x_test/{folder.format(2)}/test.xml", "//pkg:x_test", test_a=5, test_b=5)
    testlogs.write(f"pkg/x_test/{folder.format(1)}/test.xml", "//pkg:x_test", test_a=1, test_b=2)
    assert testlogs.reports() == [_report(test_a=1.0, test_b=2.0)]


def test_attempts(testlogs: _Testlogs) -> None:
    """Of a flaky target's attempts the last one counts."""
    testlogs.write("pkg/x_test/test.xml", "//pkg:x_test", test_a=1, test_b=2)
    testlogs.write("pkg/x_test/test_attempts/attempt_1.xml", "//pkg:x_test", test_a=9, test_b=9)
    assert testlogs.reports() == [_report(test_a=1.0, test_b=2.0)]


@pytest.mark.parametrize("text", ["", "<testsuites><", '<testsuites><testsuite><testcase name="a" time="1" />'])
def test_reports_of_others(testlogs: _Testlogs, text: str) -> None:
    """Reports of targets without durations are passed over, malformed ones included."""
    testlogs.write_text("pkg/x_test/test.xml", text)
    assert testlogs.reports() == []


def test_not_xml(testlogs: _Testlogs) -> None:
    """A report that was cut off is an error that names the file and what to do."""
    testlogs.write_text("pkg/x_test/test.xml", "<testsuites>hermetic_pytest.test_id")
    with pytest.raises(LauncherError) as error:
        testlogs.reports()
    assert str(error.value) == (
        f"{testlogs.folder}/pkg/x_test/test.xml cannot be read (no element found: line 1, column 35), expected the XML "
        "report of a test; run the target again"
    )


def test_deleted_meanwhile(testlogs: _Testlogs) -> None:
    """A report that is gone when its turn comes ends the program, whose file would lack tests."""
    testlogs.write("pkg/x_test/test.xml", "//pkg:x_test", test_a=1.5)
    testlogs.write("pkg/y_test/test.xml", "//pkg:y_test", test_b=1.5)
    reports = read_reports(testlogs.folder)
    next(reports)
    gone = testlogs.folder / "pkg/y_test/test.xml"
    gone.unlink()
    with pytest.raises(LauncherError) as error:
        next(reports)
    assert str(error.value) == (
        f"{gone} was deleted before it was read, expected results that stay; run the tests, and then this program "
        f"while no other Bazel command runs"
    )
