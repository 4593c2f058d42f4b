"""Finds what failed: targets, and the tests in them where a run of these alone tells enough."""

from collections.abc import Iterable
from dataclasses import dataclass

from hermetic_pytest.report.model import BAD_OUTCOMES, Execution, Report, Target
from hermetic_pytest.test_xml.suite_names import label_of_suite

# The status of a target that Bazel did not come to: another one did not build, or it is not for this platform.
NOT_RUN = "NO_STATUS"


@dataclass(frozen=True, kw_only=True)
class FailedTarget:
    """A target that failed.

    Attributes:
        label: its label.
        tests: the ids of its tests that failed; None where it failed as a whole: by a crash, a timeout, an error of
            the collection or of the build.
        is_exact: whether its runner is hermetic_pytest's, which runs exactly the tests that it is told.
    """

    label: str
    tests: tuple[str, ...] | None
    is_exact: bool


def failed_targets(report: Report) -> list[FailedTarget]:
    """Finds the targets that failed.

    Args:
        report: the results.

    Returns:
        The targets, by label; one that was built in several configurations is one.
    """
    found: dict[str, FailedTarget] = {}
    for target in report.targets:
        bad = _bad(target)
        if target.kind == "failed" and target.status != NOT_RUN and (bad or not target.executions):
            new = _failed(target, bad)
            found[new.label] = _both(found[new.label], new) if new.label in found else new
    return [found[label] for label in sorted(found)]


def _bad(target: Target) -> list[Execution]:
    """Finds the last executions that failed; where ours fails, its report has a case that tells why."""
    last = {(execution.run, execution.shard): execution for execution in target.executions}
    return [
        execution
        for execution in last.values()
        if execution.status != "PASSED" and not (execution.ran_nothing and _is_own(execution.suite))
    ]


def _is_own(suite: str) -> bool:
    return suite.startswith(("//", "@"))


def _failed(target: Target, bad: Iterable[Execution]) -> FailedTarget:
    suites = {label_of_suite(execution.suite) for execution in target.executions if execution.suite}
    own = {suite for suite in suites if _is_own(suite)}
    tests = _tests(bad) if own and target.status == "FAILED" else None
    # As the launcher calls it; Bazel's events spell labels of other repositories in their own way.
    label = next(iter(own)) if len(own) == 1 else target.label
    return FailedTarget(label=label, tests=tests, is_exact=bool(own))


def _tests(executions: Iterable[Execution]) -> tuple[str, ...] | None:
    tests: dict[str, None] = {}
    for execution in executions:
        failures = [case for case in execution.cases if case.outcome in BAD_OUTCOMES]
        is_whole = execution.status != "FAILED" or execution.problem or not failures
        if is_whole or any(case.test_id == "" for case in failures):
            return None
        tests.update((case.test_id, None) for case in failures)
    return tuple(tests) or None


def _both(one: FailedTarget, other: FailedTarget) -> FailedTarget:
    tests = None
    if one.tests is not None and other.tests is not None:
        tests = tuple(dict.fromkeys([*one.tests, *other.tests]))
    return FailedTarget(label=one.label, tests=tests, is_exact=one.is_exact and other.is_exact)
