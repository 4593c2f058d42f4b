"""Brings the executions of a target's tests together: the same test in several runs and attempts is one test."""

from collections.abc import Sequence
from dataclasses import dataclass

from hermetic_pytest.report.model import BAD_OUTCOMES, OUTCOMES, Case, Execution, Target


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedTest:
    """A test of a target.

    Attributes:
        name: its name.
        outcome: as of a case; also "flaky".
        seconds: how long it took in its slowest execution.
        cases: its executions, each with the case.
    """

    name: str
    outcome: str
    seconds: float
    cases: tuple[tuple[Execution, Case], ...]

    @property
    def failures(self) -> list[tuple[Execution, Case]]:
        """The executions in which it failed, also in quarantine, and those that were repeated at once."""
        bad = BAD_OUTCOMES | {"quarantined"}
        return [(execution, case) for execution, case in self.cases if case.outcome in bad or case.reruns]

    @property
    def last(self) -> Case:
        """The case of the last execution."""
        return self.cases[-1][1]


def merged_tests(target: Target) -> list[MergedTest]:
    """Finds the tests of a target.

    Args:
        target: the target.

    Returns:
        Its tests, in the order in which they first ran. A test that failed in one execution and not in another is
        flaky, and so is one that passed when it was repeated at once.
    """
    by_name: dict[str, list[tuple[Execution, Case]]] = {}
    for execution in target.executions:
        for case in execution.cases:
            by_name.setdefault(case.name, []).append((execution, case))
    return [_merged(name, cases) for name, cases in by_name.items()]


def _merged(name: str, cases: Sequence[tuple[Execution, Case]]) -> MergedTest:
    seconds = max(case.seconds for _, case in cases)
    return MergedTest(name=name, outcome=_outcome(cases), seconds=seconds, cases=tuple(cases))


def _outcome(cases: Sequence[tuple[Execution, Case]]) -> str:
    if len(cases) == 1 and not (cases[0][1].reruns and cases[0][1].outcome != "quarantined"):
        return cases[0][1].outcome
    # A subtest or a teardown makes a further case of the same name.
    by_place: dict[tuple[int, int, int], str] = {}
    for execution, case in cases:
        by_place[execution.place] = _worst(by_place.get(execution.place, case.outcome), case.outcome)
    outcomes = set(by_place.values())
    if outcomes & BAD_OUTCOMES:
        return _worst(*outcomes) if outcomes <= BAD_OUTCOMES else "flaky"
    # A test that is quarantined fails no target, whichever of its executions failed.
    is_flaky = "quarantined" not in outcomes and any(case.reruns for _, case in cases)
    return "flaky" if is_flaky else _worst(*outcomes)


def _worst(*outcomes: str) -> str:
    return min(outcomes, key=OUTCOMES.index)
