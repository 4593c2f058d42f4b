"""Makes the report of all targets, from bazel-testlogs alone or from a build's events."""

import itertools
import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from hermetic_pytest.report.build_events import BuildEvents, TestTarget
from hermetic_pytest.report.executions import read_execution
from hermetic_pytest.report.model import Execution, Report, Target
from hermetic_pytest.report.test_log import label_in
from hermetic_pytest.report.testlogs import ResultFiles, find_results
from hermetic_pytest.test_xml.suite_names import label_of_suite

# What is worst for a target of several shards or runs, as Bazel sees it.
_WORST_FIRST = ("FAILED", "TIMEOUT", "REMOTE_FAILURE", "INCOMPLETE", "UNKNOWN", "NO_STATUS")

# Called with the number of results read so far and of all.
Progress = Callable[[int, int], None]


def report_of_testlogs(testlogs: pathlib.Path, progress: Progress) -> Report:
    """Reads the last results of all targets.

    Args:
        testlogs: Bazel's folder of test results.
        progress: is told how far the reading is.

    Returns:
        The report. bazel-testlogs also holds results of earlier builds, and nothing of targets that were not built.
    """
    results = find_results(testlogs)
    targets = []
    done = 0
    for _, files in itertools.groupby(results, key=lambda each: each.folder):
        group = list(files)
        targets.append(_target(group))
        done += len(group)
        progress(done, len(results))
    return Report(targets=_sorted(targets), source="bazel-testlogs: the last result of each target")


def report_of_build(build: BuildEvents, progress: Progress) -> Report:
    """Reads the results of one build.

    Args:
        build: what its events say.
        progress: is told how far the reading is.

    Returns:
        The report of the targets that the build had.
    """
    total = sum(len(target.results) for target in build.targets)
    done = itertools.count(1)
    targets = [_built_target(target, lambda: progress(next(done), total)) for target in build.targets]
    notices = [] if build.is_finished else ["The build events end before the build's end: results may be missing."]
    return Report(
        targets=_sorted(targets),
        source="the build events of one bazel test",
        started=build.started,
        notices=tuple(notices + build.problems),
    )


def status_of(executions: Iterable[Execution]) -> str:
    """Tells what Bazel would say of a target.

    Args:
        executions: all of them.

    Returns:
        The worst status of the last attempts; "FLAKY" where these are good and others were needed.
    """
    last = {
        (execution.run, execution.shard): execution for execution in sorted(executions, key=lambda each: each.place)
    }
    bad = {execution.status for execution in last.values()} - {"PASSED"}
    if bad:
        return min(bad, key=lambda status: (_WORST_FIRST.index(status) if status in _WORST_FIRST else 99, status))
    return "FLAKY" if any(execution.attempt > 1 for execution in last.values()) else "PASSED"


def _target(files: Sequence[ResultFiles]) -> Target:
    executions, suites = [], []
    for each in files:
        execution, suite = read_execution(each.xml, each.log, None)
        suites.append(suite)
        executions.append(replace(execution, run=each.run, shard=each.shard, attempt=each.attempt))
    label = _label(suites[0], files[0])
    if any(execution.cases for execution in executions):
        # Beside shards that have tests, one without is good.
        executions = [replace(each, status="PASSED") if each.ran_nothing else each for each in executions]
    return Target(label=label, status=status_of(executions), executions=tuple(executions))


def _label(suite: str, files: ResultFiles) -> str:
    """Finds out which target it is; from the folder alone, `//a/b:c` looks like `//a:b/c`."""
    name = label_of_suite(suite)
    if name.startswith(("//", "@")):
        return name
    return label_in(files.log) or f"//{files.folder.parent}:{files.folder.name}".replace("//.:", "//:")


def _built_target(target: TestTarget, progress: Callable[[], None]) -> Target:
    executions = tuple(sorted(_executions(target, progress), key=lambda each: each.place))
    status = target.status or (status_of(executions) if executions else "NO_STATUS")
    return Target(label=target.label, status=status, executions=executions, message=target.message)


def _executions(target: TestTarget, progress: Callable[[], None]) -> Iterator[Execution]:
    for result in target.results:
        yield read_execution(result.files.get("test.xml"), result.files.get("test.log"), result)[0]
        progress()


def _sorted(targets: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(sorted(targets, key=lambda target: target.label))
