"""Writes durations files anew from the last run's reports; what `//testing:update_durations` runs."""

import itertools
import pathlib
import sys
from collections.abc import Iterator, Mapping, Sequence

from hermetic_pytest.commands.duration_reports import TargetReport, read_reports
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.bazel_run import folder_of_run
from hermetic_pytest.report.label_patterns import check_patterns, is_selected
from hermetic_pytest.selection.durations_file import format_durations, read_durations

# How Bazel calls the main repository's folder in runfiles.
_MAIN_REPOSITORY = "_main/"


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Updates the durations files of the targets that ran.

    Args:
        argv: labels and patterns of targets; none means all.
        environ: the variables that `bazel run` sets
            (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        The exit code: 1 where there is nothing to update, or a file cannot be read.
    """
    try:
        for line in _update(argv, environ):
            print(line)
    except LauncherError as error:
        print(f"update_durations: {error}", file=sys.stderr)
        return 1
    return 0


def merge(old: Mapping[str, float], reports: Sequence[TargetReport], workspace: pathlib.Path) -> dict[str, float]:
    """Brings what is known of tests up to date.

    Args:
        old: the seconds of each test so far, by node id.
        reports: the targets that share the file.
        workspace: the folder that node ids start from.

    Returns:
        The new seconds. A target that ran as a whole leaves nothing of tests that its modules no longer have, nor of
        modules that are no longer there.
    """
    whole = {_module(test) for report in reports if report.is_whole for test in report.seconds}
    new = {
        test: seconds
        for test, seconds in old.items()
        if not whole or (_module(test) not in whole and (workspace / _module(test)).exists())
    }
    for report in reports:
        new.update(report.seconds)
    return new


def _update(patterns: Sequence[str], environ: Mapping[str, str]) -> Iterator[str]:
    check_patterns(patterns)
    workspace = folder_of_run(
        "//testing:update_durations", environ, "BUILD_WORKSPACE_DIRECTORY", "the workspace's folder"
    )
    reports = list(_reports(patterns, workspace / "bazel-testlogs"))
    for file, group in itertools.groupby(sorted(reports, key=lambda report: report.file), lambda report: report.file):
        path = file.removeprefix(_MAIN_REPOSITORY)
        if path == file:
            yield f"{file}: not written, for it is in another repository"
        elif not (workspace / path).is_file():
            yield f"{path}: not written, for it is not there any more"
        else:
            yield _write(workspace, path, list(group))


def _write(workspace: pathlib.Path, path: str, reports: Sequence[TargetReport]) -> str:
    labels = ", ".join(report.label for report in reports)
    file = workspace / path
    new = merge(read_durations(labels, path, file), reports, workspace)
    file.write_text(format_durations(new), encoding="utf-8")
    measured = {test for report in reports for test in report.seconds}
    return f"{path}: written; tests in it: {len(new)}, measured in the last run: {len(measured)} ({labels})"


def _reports(patterns: Sequence[str], testlogs: pathlib.Path) -> Iterator[TargetReport]:
    found = [report for report in read_reports(testlogs.resolve()) if is_selected(report.label, patterns)]
    if not found:
        raise LauncherError(
            f"{testlogs} has no test.xml of {' or '.join(patterns) or 'any target'} with durations; give the py_test a "
            f"durations attribute, and run it with the same flags as this program"
        )
    yield from found


def _module(test: str) -> str:
    return test.split("::")[0]
