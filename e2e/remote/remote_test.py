"""What tests come to on a remote execution cluster is what they come to on this machine."""

from typing import NamedTuple

import pytest

from e2e.remote.scenarios import SCENARIOS, STATUSES
from e2e.support.nested_bazel import Invocation, NestedBazel

# Only the target that hangs has a short timeout, and waits for it.
_FLAGS = ("--keep_going", "--test_timeout=20,300,900,3600", "--noshow_progress")


class Outcome(NamedTuple):
    """What became of a target.

    Attributes:
        status: Bazel's.
        cases: the outcome of each test.
        attempts: how many executions there were, shards and attempts at a flaky target counted.
        log: what it wrote.
    """

    status: str
    cases: dict[str, str]
    attempts: int
    log: str


class Runs(NamedTuple):
    """The same targets by the cluster and on this machine."""

    remote: dict[str, Outcome]
    local: dict[str, Outcome]


@pytest.fixture(scope="module")
def runs(nested_bazel: NestedBazel, remote_flags: list[str]) -> Runs:
    """All scenarios."""
    nested_bazel.write({f"scenarios/{name}": text for name, text in SCENARIOS.items()})
    remote = _outcomes(nested_bazel.test(*_FLAGS, *remote_flags, "//..."))
    nested_bazel.run("clean")
    return Runs(remote, _outcomes(nested_bazel.test(*_FLAGS, "//...")))


def _outcomes(run: Invocation) -> dict[str, Outcome]:
    """Reads the results while they are there."""
    print(run.output)
    return {
        label.removeprefix("//scenarios:"): Outcome(test.status, test.cases(), len(test.attempts), test.log)
        for label, test in run.tests.items()
    }


@pytest.mark.parametrize("name", STATUSES)
def test_same_outcomes(runs: Runs, name: str) -> None:
    """A target has the status that it should have, and the same tests with the same outcomes, in as many attempts."""
    assert name in runs.remote
    remote, local = runs.remote[name], runs.local[name]
    assert (remote.status, local.status) == (STATUSES[name], STATUSES[name]), remote.log
    assert remote.cases == local.cases, remote.log
    assert remote.cases != {}
    assert remote.attempts == local.attempts
