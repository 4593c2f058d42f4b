"""What tests come to on a remote execution cluster is what they come to on this machine."""

import pathlib
import zipfile
from typing import NamedTuple

import pytest

from e2e.remote.cluster.cluster import Cluster
from e2e.remote.scenarios import SCENARIOS, STATUSES, worker_files
from e2e.remote.suites import copy_third_party, own
from e2e.support.hubs import DEV_HUB, dev_lock
from e2e.support.lcov import Source, read_report
from e2e.support.nested_bazel import Invocation, NestedBazel, module_file

# Only the target that hangs has a short timeout, and waits for it.
_FLAGS = ("--keep_going", "--test_timeout=20,300,900,3600", "--noshow_progress")

_HANGS = "//scenarios:hanging_test"


class Outcome(NamedTuple):
    """What became of a target.

    Attributes:
        status: Bazel's.
        cases: the outcome of each test.
        attempts: how many executions there were, shards and attempts at a flaky target counted.
        log: what it wrote.
        outputs: the names and contents of its undeclared outputs.
    """

    status: str
    cases: dict[str, str]
    attempts: int
    log: str
    outputs: dict[str, bytes]


class Run(NamedTuple):
    """One run of everything: the outcomes by label, what Bazel said, and what was covered."""

    tests: dict[str, Outcome]
    output: str
    coverage: dict[str, Source]


class Runs(NamedTuple):
    """The same targets by the cluster and on this machine."""

    remote: Run
    local: Run


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel, module_root: pathlib.Path) -> NestedBazel:
    """The scenarios, suites of this project, pluggy's, and a part of pytest's."""
    nested_bazel.write({"MODULE.bazel": module_file(module_root, DEV_HUB), **dev_lock(), **own(module_root)})
    copy_third_party(nested_bazel.workspace)
    nested_bazel.write({f"scenarios/{name}": text for name, text in SCENARIOS.items()})
    return nested_bazel


@pytest.fixture(scope="module")
def runs(workspace: NestedBazel, remote_flags: list[str]) -> Runs:
    """All targets remotely, then, with nothing kept, locally."""
    remote = _run(workspace, *remote_flags)
    workspace.run("clean")
    return Runs(remote, _run(workspace))


def _run(workspace: NestedBazel, *flags: str) -> Run:
    """Reads the results while they are there."""
    finished = workspace.test(*_FLAGS, *flags, "//...")
    print(finished.output)
    tests = _outcomes(finished)
    arguments = (*_FLAGS, *flags, "--combined_report=lcov", "--instrumentation_filter=^//scenarios[/:]")
    covered = workspace.test(*arguments, "//scenarios:measured_test", command="coverage")
    assert covered.exit_code == 0, covered.output
    report = workspace.workspace / "bazel-out" / "_coverage" / "_coverage_report.dat"
    return Run(tests, finished.output, read_report(report))


def _outcomes(run: Invocation) -> dict[str, Outcome]:
    outcomes = {}
    for label, test in run.tests.items():
        outputs: dict[str, bytes] = {}
        for files in test.attempts:
            if "test.outputs__outputs.zip" in files:
                with zipfile.ZipFile(files["test.outputs__outputs.zip"]) as archive:
                    outputs |= {name: archive.read(name) for name in archive.namelist()}
        outcomes[label] = Outcome(test.status, test.cases(), len(test.attempts), test.log, outputs)
    return outcomes


@pytest.mark.parametrize("name", STATUSES)
def test_scenario(runs: Runs, name: str) -> None:
    """A target has the status that it should have here and there."""
    label = f"//scenarios:{name}"
    assert label in runs.remote.tests, runs.remote.output
    assert runs.remote.tests[label].status == STATUSES[name], runs.remote.tests[label].log
    assert runs.local.tests[label].status == STATUSES[name], runs.local.tests[label].log


def test_same_outcomes(runs: Runs) -> None:
    """All targets have the same tests with the same outcomes and outputs, in as many attempts."""
    assert runs.remote.tests.keys() == runs.local.tests.keys()
    assert len(runs.remote.tests) > 20
    for label in runs.remote.tests.keys() - {_HANGS}:
        remote, local = runs.remote.tests[label], runs.local.tests[label]
        assert remote.cases == local.cases, remote.log
        assert remote._replace(log="") == local._replace(log=""), label
        assert remote.cases != {}
    assert runs.remote.tests["//scenarios:outputs_test"].outputs == {"written.txt": b"by a test"}
    assert len(runs.remote.tests["//pluggy:pluggy_test"].cases) > 100
    assert len(runs.remote.tests["//pytest:pytest_test"].cases) > 400
    assert "//tests/closure/pytester:outer_shards_test" in runs.remote.tests


def test_timeout(runs: Runs) -> None:
    """A worker of BuildBox gives back no file of a test that timed out, but its log, which tells which test hung."""
    said = "of the 20 s that Bazel gives it, in the call of scenarios/hanging_test.py::test_hangs"
    assert said in runs.remote.tests[_HANGS].log
    assert said in runs.local.tests[_HANGS].log
    assert "passed" not in runs.remote.tests[_HANGS].cases.values()


def test_coverage(runs: Runs) -> None:
    """The same lines and branches are covered."""
    assert runs.remote.coverage == runs.local.coverage
    assert runs.remote.coverage["scenarios/subject.py"].lines == {1: True, 2: True, 3: False, 4: True}


def test_all_remote(runs: Runs) -> None:
    """No action ran on this machine."""
    (processes,) = [line for line in runs.remote.output.splitlines() if " processes: " in line]
    assert "remote" in processes
    assert "sandbox" not in processes
    assert "local" not in processes
    assert "worker" not in processes


def test_workers(workspace: NestedBazel, cluster: Cluster, remote_flags: list[str], runs: Runs) -> None:
    """Properties choose the worker; there are the inputs, and no Python, no files of the client and no network."""
    assert runs.remote.tests
    files = worker_files(str(workspace.workspace.parent), cluster.port)
    workspace.write({f"workers/{name}": text for name, text in files.items()})
    labels = ["//workers:large_test", "//workers:small_test"]
    finished = workspace.test(*_FLAGS, *remote_flags, *labels)
    for label in labels:
        assert label in finished.tests, finished.output
        assert finished.tests[label].status == "PASSED", finished.tests[label].log
