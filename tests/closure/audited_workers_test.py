"""What pytest-xdist's workers import is audited, too, and told once."""

import pathlib
import sys

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.pytest_run.plugins import run_plugins
from hermetic_pytest.run import Run

# Each test runs in a worker of its own, both of which have imported the first module.
_TEST = """
import sys
sys.path.insert(0, {outside!r})
import undeclared_by_both

def test_one():
    import undeclared_by_one

def test_other():
    import undeclared_by_other
"""

_CONFTEST = """
import sys
sys.path.insert(0, {outside!r})

def pytest_configure(config):
    import undeclared_by_all
    if not hasattr(config, "workerinput"):
        import undeclared_by_no_worker
"""

_MODULES = ["by_all", "by_both", "by_no_worker", "by_one", "by_other"]


@pytest.fixture
def run(pytester: pytest.Pytester, tmp_path: pathlib.Path) -> pathlib.Path:
    """The files of a target in its runfiles, and undeclared ones outside of these."""
    for name in _MODULES:
        (tmp_path / f"undeclared_{name}.py").touch()
    (pytester.path / "_main").mkdir()
    for name, text in (("conftest", _CONFTEST), ("x_test", _TEST)):
        (pytester.path / "_main" / f"{name}.py").write_text(text.format(outside=str(tmp_path)), encoding="utf-8")
    return pytester.path


def _run(runfiles: pathlib.Path, pytester: pytest.Pytester, verdict: str, *arguments: str) -> pytest.RunResult:
    manifest = Manifest(
        label="//pkg:x_test",
        main="_main/main.py",
        repository="_main",
        test_files=["_main/x_test.py"],
        conftest="absent",
        import_audit=verdict,
    )
    folders = [runfiles, *map(pathlib.Path, sys.path)]
    bazel = BazelEnvironment(undeclared_outputs_dir=runfiles)
    run = Run(manifest=manifest, bazel=bazel, runfiles=runfiles, scratch=runfiles, import_folders=folders)
    return pytester.runpytest_inprocess("-n2", *arguments, plugins=run_plugins(run, OptionDefaults.of_run(run)))


def test_errors(run: pathlib.Path, pytester: pytest.Pytester) -> None:
    """A module is an error, once, where one process has imported it, where some have, and where all have."""
    result = _run(run, pytester, "error")
    words = "ERROR //pkg:x_test::import of undeclared_"
    told = [line.removeprefix(words).split(" - ")[0] for line in result.outlines if line.startswith(words)]
    assert sorted(told) == _MODULES
    result.assert_outcomes(passed=2, errors=len(_MODULES))
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_first_failure(run: pathlib.Path, pytester: pytest.Pytester) -> None:
    """A run that stops at its first failure is stopped by a worker's foreign module as by a failed test."""
    result = _run(run, pytester, "error", "--maxfail=1")
    result.stdout.fnmatch_lines(["ERROR //pkg:x_test::import of undeclared_*", "!!* stopping after 1 failures !!*"])
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_warnings(run: pathlib.Path, pytester: pytest.Pytester) -> None:
    """Where the target only wants to be warned, the run passes."""
    result = _run(run, pytester, "warning", "-Werror")
    result.assert_outcomes(passed=2, warnings=len(_MODULES) + 2)
    assert result.ret == pytest.ExitCode.OK
    for name in _MODULES:
        result.stdout.fnmatch_lines([f"*: ImportAuditWarning: //pkg:x_test imported undeclared_{name} from *"])
