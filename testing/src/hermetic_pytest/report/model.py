"""What a report page tells of: targets, the executions of their shards, runs and attempts, and the cases in these."""

import pathlib
from dataclasses import dataclass, field

# Outcomes of cases, the worst first. JUnit's report calls an expected failure a skip of type pytest.xfail.
OUTCOMES = ("error", "failed", "flaky", "quarantined", "xfailed", "skipped", "passed")

# Those that fail a target.
BAD_OUTCOMES = frozenset({"error", "failed"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One test in one test.xml.

    Attributes:
        name: its node id as far as the file tells it, else its class name and name.
        outcome: "error", "failed", "quarantined", "xfailed", "skipped" or "passed".
        seconds: how long it took.
        message: the failure or the reason in a line or a few.
        details: the traceback.
        output: what was captured, as pairs of title and text.
        reruns: failures that pytest-rerunfailures repeated, the first one first.
        file: where it is defined, as the file tells, relative to the workspace's root; else empty.
        line: the line in it, from 1.
        test_id: where the test itself failed, its id as the file has it, for a filter; else empty.
        quarantine: reason, owner and last date of a test that is quarantined, also where it passed; else empty.
    """

    name: str
    outcome: str
    seconds: float = 0.0
    message: str = ""
    details: str = ""
    output: tuple[tuple[str, str], ...] = ()
    reruns: tuple[str, ...] = ()
    file: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)
    test_id: str = field(default="", compare=False)
    quarantine: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Execution:
    """One attempt at one shard of one run of a target.

    Attributes:
        run: which of --runs_per_test, from 1.
        shard: which of the target's shards, from 1.
        attempt: which attempt at a flaky target, from 1.
        status: one of Bazel's statuses (https://bazel.build/reference/test-encyclopedia), or "UNKNOWN".
        cases: what test.xml holds.
        start: when it started, in seconds since 1970.
        seconds: how long it took.
        cached: whether it is the result of an earlier build.
        log: test.log.
        problem: why test.xml could not be read as a whole; empty where it could.
        log_tail: the end of test.log, where nothing else tells what happened.
        suite: the name of the suite in test.xml.
        outputs: the files that the test left for Bazel to keep, each with what it noted of it.
        warnings: the file with the test's warnings.
    """

    run: int = 1
    shard: int = 1
    attempt: int = 1
    status: str
    cases: tuple[Case, ...] = ()
    start: float | None = None
    seconds: float | None = None
    cached: bool = False
    log: pathlib.Path | None = None
    problem: str = ""
    log_tail: str = ""
    suite: str = field(default="", compare=False)
    outputs: tuple[tuple[pathlib.Path, str], ...] = ()
    warnings: pathlib.Path | None = None

    @property
    def ran_nothing(self) -> bool:
        """Whether all that its report tells is that no test has run: a filter found none, or a fault."""
        return self.status == "UNKNOWN" and not self.problem and not self.cases

    @property
    def place(self) -> tuple[int, int, int]:
        """The order of a target's executions."""
        return self.run, self.shard, self.attempt


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A test target.

    Attributes:
        label: its label.
        status: as of an execution, for all of them together; also "FLAKY", "FAILED_TO_BUILD" and "NO_STATUS".
        executions: in the order of runs, shards and attempts.
        message: why there are none.
    """

    label: str
    status: str
    executions: tuple[Execution, ...] = ()
    message: str = ""

    @property
    def kind(self) -> str:
        """The status as one of three: "passed", "flaky" or "failed", which is all that is not known to be good."""
        return {"PASSED": "passed", "FLAKY": "flaky"}.get(self.status, "failed")

    @property
    def seconds(self) -> float:
        """How long all executions took together."""
        return sum(execution.seconds or 0.0 for execution in self.executions)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All that the page tells.

    Attributes:
        targets: in the order of labels.
        source: where the results come from, in words.
        started: when the build started, in seconds since 1970; None where only test.xml files are known.
        notices: what the reader has to know of gaps in the results.
    """

    targets: tuple[Target, ...]
    source: str
    started: float | None = None
    notices: tuple[str, ...] = ()
