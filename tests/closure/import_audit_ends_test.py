"""However a run ends, foreign modules are told, and nothing else that it has to say is lost."""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.closure.import_audit import ImportAudit
from hermetic_pytest.manifest import Manifest

from tests.supervision.recorded_run import run_recorded

_TEST = """
import sys
sys.path.insert(0, {outside!r})
import undeclared

def test_passes(): pass

def test_ends(): {ends}

def test_last(): pass
"""


@pytest.fixture
def audit(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> ImportAudit:
    """An audit that allows what this process itself has imported, and the inner run's own files."""
    manifest = Manifest(label="//pkg:x_test", main="", repository="", test_files=[], conftest="")
    return ImportAudit(manifest, pytester.path, [pytester.path, pytestconfig.rootpath, *map(pathlib.Path, sys.path)])


def _run(
    pytester: pytest.Pytester, tmp_path: pathlib.Path, *plugins: object, ends: str = "pass", arguments: str = ""
) -> pytest.RunResult:
    (tmp_path / "undeclared.py").touch()
    pytester.makepyfile(x_test=_TEST.format(outside=str(tmp_path), ends=ends))
    result = pytester.runpytest_inprocess(*arguments.split(), plugins=plugins, no_reraise_ctrlc=True)
    result.stdout.fnmatch_lines(
        ["//pkg:x_test imported undeclared from *", "ERROR //pkg:x_test::import of undeclared - *"]
    )
    return result


def test_failed_test(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit) -> None:
    """A failed test and a foreign module are told side by side."""
    result = _run(pytester, tmp_path, audit, ends="assert False")
    result.assert_outcomes(passed=2, failed=1, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_first_failure(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit) -> None:
    """A run that stops at its first failure tells of both."""
    result = _run(pytester, tmp_path, audit, ends="assert False", arguments="--maxfail=1")
    result.assert_outcomes(passed=1, failed=1, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_foreign_module_is_the_first_failure(
    pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit
) -> None:
    """With --maxfail, all tests of a run that has but a foreign module are run."""
    result = _run(pytester, tmp_path, audit, arguments="--maxfail=1")
    result.assert_outcomes(passed=3, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_no_test_run(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit) -> None:
    """A run that only lists its tests lists them, and fails."""
    result = _run(pytester, tmp_path, audit, arguments="--collect-only -q")
    result.stdout.fnmatch_lines(["x_test.py::test_passes", "x_test.py::test_ends", "x_test.py::test_last"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_no_test_selected(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit) -> None:
    """What a file imports counts also where none of its tests is asked for."""
    result = _run(pytester, tmp_path, audit, arguments="-k other")
    result.assert_outcomes(deselected=3, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("ends", ["raise KeyboardInterrupt", "import pytest; pytest.exit('enough')"])
def test_interrupt(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit, ends: str) -> None:
    """A run that is interrupted tells what it has imported until then, and remains one that was interrupted."""
    result = _run(pytester, tmp_path, audit, ends=ends)
    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_file_that_cannot_be_collected(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit) -> None:
    """A run that ends with the collection tells of both."""
    pytester.makepyfile(y_test="import no_such_module")
    result = _run(pytester, tmp_path, audit)
    result.assert_outcomes(errors=2)
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_process_that_dies_later(pytester: pytest.Pytester, tmp_path: pathlib.Path, audit: ImportAudit) -> None:
    """The report that is written from a run's record has the same error, and the run has failed."""
    (tmp_path / "undeclared.py").touch()
    pytester.makepyfile(x_test=_TEST.format(outside=str(tmp_path), ends="pass"))
    run = run_recorded(pytester, "--junit-xml=own.xml", "-ojunit_family=xunit1", plugins=[audit])
    cases = [
        [
            (case.attrib, [(child.attrib, child.text) for child in case.findall("error")])
            for case in root.iter("testcase")
        ]
        for root in (ElementTree.parse(pytester.path / "own.xml").getroot(), run.report())
    ]
    assert cases[0] == cases[1]
    assert sum(len(errors) for _, errors in cases[1]) == 1
    assert run.verdict().code == 1
