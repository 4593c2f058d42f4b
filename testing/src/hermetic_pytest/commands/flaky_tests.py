"""Finds the tests that failed and passed in what Bazel keeps of the last results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hermetic_pytest.quarantine.entries import Entry
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.repositories import Repositories
from hermetic_pytest.report.merged_tests import MergedTest, merged_tests
from hermetic_pytest.report.model import BAD_OUTCOMES, Report, Target


@dataclass(frozen=True, kw_only=True)
class FlakyTest:
    """A test that failed and passed.

    Attributes:
        nodeid: its id.
        label: its target.
        failed: in how many of its executions it failed, those that were repeated at once included.
        executions: how many there were.
    """

    nodeid: str
    label: str
    failed: int
    executions: int


def flaky_tests(report: Report, entries: Sequence[Entry], repositories: Repositories) -> Iterator[FlakyTest]:
    """Finds them.

    Args:
        report: the results: attempts (`--flaky_test_attempts`) and runs (`--runs_per_test`) of targets.
        entries: the entries that there are.
        repositories: tells what the labels of the entries mean.

    Yields:
        The tests that no entry is for, in the order of targets.
    """
    for target in report.targets:
        matcher = Matcher(target.label, entries, repositories)
        for test in merged_tests(target):
            found = _flaky(target, test)
            if found is not None and not matcher.of(found.nodeid):
                yield found


def _flaky(target: Target, test: MergedTest) -> FlakyTest | None:
    # The name of what is no test of ours: a process that died, a test of another runner.
    if "::" not in test.name or test.name.startswith(("//", "@")):
        return None
    # A teardown or a subtest makes a further case of an execution.
    bad = {execution.place for execution, case in test.cases if case.outcome in BAD_OUTCOMES}
    good = {execution.place for execution, case in test.cases if case.outcome == "passed"} - bad
    again = [case for _, case in test.cases if case.outcome == "passed" and case.reruns]
    failed = len(bad) + sum(len(case.reruns) for case in again)
    if not good or not failed:
        return None
    executions = len(bad | good) + sum(len(case.reruns) for case in again)
    return FlakyTest(nodeid=test.name, label=target.label, failed=failed, executions=executions)
