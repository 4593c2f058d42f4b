"""A run that dies or hangs is never green, loses no result, and names the test that it was at."""

import pytest

from e2e.results.ways_to_end import DEATHS, DEATHS_AT_IMPORT, TIMEOUTS, Way
from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = file.removesuffix(".py"),
        srcs = [file],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for file in glob(["*_test.py"])
]
"""


def _run(bazel: NestedBazel, package: str, ways: dict[str, Way], *flags: str) -> Invocation:
    bazel.write({f"{package}/BUILD.bazel": _BUILD})
    bazel.write({f"{package}/{name}_test.py": way.code for name, way in ways.items()})
    return bazel.test(f"//{package}/...", "--keep_going", *flags)


@pytest.fixture(scope="module")
def deaths(nested_bazel: NestedBazel) -> Invocation:
    """One run over a target for each way to die."""
    return _run(nested_bazel, "dies", DEATHS)


@pytest.fixture(scope="module")
def deaths_at_import(nested_bazel: NestedBazel) -> Invocation:
    """One run over a target for each way to die before any test."""
    return _run(nested_bazel, "dies_at_import", DEATHS_AT_IMPORT)


@pytest.fixture(scope="module")
def timeouts(nested_bazel: NestedBazel) -> Invocation:
    """One run over a target for each way to hang."""
    return _run(nested_bazel, "hangs", TIMEOUTS, "--test_timeout=8")


def _check_cases(invocation: Invocation, package: str, name: str, culprit: str) -> None:
    cases = invocation.tests[f"//{package}:{name}_test"].cases()
    blamed = [case.split("::")[1] for case, outcome in cases.items() if outcome in ("error", "failure")]
    assert cases[f"{package}.{name}_test::test_before"] == "passed"
    assert culprit in blamed


@pytest.mark.parametrize("name", DEATHS)
def test_death(deaths: Invocation, name: str) -> None:
    """Bazel reports a failure; the log says how the process died, test.xml has all results and the culprit."""
    result = deaths.tests[f"//dies:{name}_test"]
    assert result.status == "FAILED", result.log
    assert DEATHS[name].said in result.log
    _check_cases(deaths, "dies", name, DEATHS[name].culprit)


@pytest.mark.parametrize("name", DEATHS_AT_IMPORT)
def test_death_at_import(deaths_at_import: Invocation, name: str) -> None:
    """Bazel reports a failure, and the log names the file."""
    result = deaths_at_import.tests[f"//dies_at_import:{name}_test"]
    assert result.status == "FAILED", result.log
    assert DEATHS_AT_IMPORT[name].said in result.log


@pytest.mark.parametrize("name", TIMEOUTS)
def test_timeout(timeouts: Invocation, name: str) -> None:
    """Bazel reports a timeout; the log has all stacks, test.xml has all results and the culprit."""
    result = timeouts.tests[f"//hangs:{name}_test"]
    assert result.status == "TIMEOUT", result.log
    # On a machine that is slow to start it, the run may be ended before it comes to the soft deadline.
    assert "still running after" in result.log or "ended by SIGTERM after" in result.log
    assert TIMEOUTS[name].said in result.log
    _check_cases(timeouts, "hangs", name, TIMEOUTS[name].culprit)
