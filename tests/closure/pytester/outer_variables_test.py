"""What Bazel and users tell the run by environment variables does not reach pytester's inner runs."""

import os
import re

import pytest

from tests.closure.pytester.inner_suite import run_suite, write_suite
from tests.closure.pytester.ways import WAYS

_TOLD_TO_A_RUN = re.compile(
    "COVERAGE.*|GTEST_.*|LCOV_MERGER|XML_OUTPUT_FILE|TESTBRIDGE_.*|TEST_.*SHARD.*|TEST_(RUN_NUMBER|RANDOM_SEED|TIMEOUT)"
    "|TEST_(INFRASTRUCTURE|LOGSPLITTER|PREMATURE|UNDECLARED|UNUSED|WARNINGS)_.*"
    "|PYTEST_(ADDOPTS|DEBUG|DISABLE_PLUGIN_AUTOLOAD|PLUGINS|XDIST_.*)"
)
_OUTER = {name: value for name, value in os.environ.items() if _TOLD_TO_A_RUN.fullmatch(name)}


def test_outer_run_has_variables() -> None:
    """The run has the variables that its target says it has; without them nothing would be tested here."""
    assert set(os.environ["OUTER_VARIABLES"].split()) <= set(_OUTER)


@pytest.mark.parametrize("way", WAYS)
def test_inner_run(pytester: pytest.Pytester, way: str) -> None:
    """An inner run has no variable, option, plugin or report of the run around it, and all plugins of the closure."""
    write_suite(pytester)
    seen = run_suite(pytester, way)
    assert {name for name in seen["environ"] if _TOLD_TO_A_RUN.fullmatch(name)} == set()
    assert (seen["maxfail"], seen["has_outer_plugin"], seen["xml"]) == (None, False, None)
    assert "anyio" in seen["distributions"]


def test_places(pytester: pytest.Pytester) -> None:
    """An inner run has its own home, and knows where Bazel's files are."""
    write_suite(pytester)
    environ = run_suite(pytester, "runpytest_subprocess")["environ"]
    assert environ["HOME"] == str(pytester.path)
    for name in ("PATH", "TMPDIR", "TEST_SRCDIR", "TEST_TMPDIR"):
        assert environ.get(name) == os.environ.get(name)


def test_variable_of_a_test(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that the test itself sets is the inner run's."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--maxfail=5")
    write_suite(pytester)
    assert run_suite(pytester, "runpytest_subprocess")["maxfail"] == 5


def test_variables_are_there_for_others() -> None:
    """A test that does not use pytester sees all of the run's variables."""
    assert {name: value for name, value in os.environ.items() if name in _OUTER} == _OUTER
