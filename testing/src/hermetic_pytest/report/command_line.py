"""The command line of `//testing:report`."""

import argparse
import pathlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.annotations import annotations
from hermetic_pytest.report.assembly import report_of_build, report_of_testlogs
from hermetic_pytest.report.bazel_run import folder_of_run
from hermetic_pytest.report.build_events import read_build_events
from hermetic_pytest.report.label_patterns import check_patterns, is_selected
from hermetic_pytest.report.markdown import markdown
from hermetic_pytest.report.merged_junit import merged_junit
from hermetic_pytest.report.model import Report
from hermetic_pytest.report.page import render
from hermetic_pytest.report.progress import Progress
from hermetic_pytest.report.view import make_view

_LABEL = "//testing:report"


@dataclass(frozen=True, kw_only=True)
class _Request:
    """What the command line asks for; all paths are absolute."""

    testlogs: pathlib.Path
    events: pathlib.Path | None
    output: pathlib.Path
    markdown: pathlib.Path | None
    junit: pathlib.Path | None
    annotations: pathlib.Path | None
    patterns: tuple[str, ...]


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Writes a report page of the last `bazel test`, and prints where it is.

    Args:
        argv: the arguments; see `--help`.
        environ: the variables that `bazel run` sets
            (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        The exit code: 1 where there are no results, or a file cannot be read or written; 2 for unknown arguments.
        Tests that failed are no failure of this program.
    """
    try:
        request = _request(argv, environ)
        report = _chosen(_read(request), request)
        _write("output", request.output, render(report, request.output.parent))
        _write_others(report, request)
    except LauncherError as error:
        print(f"report: {error}", file=sys.stderr)
        return 1
    print(request.output)
    return 0


def _request(argv: Sequence[str], environ: Mapping[str, str]) -> _Request:
    arguments = _parser().parse_args(argv)
    check_patterns(arguments.patterns)
    workspace = folder_of_run(_LABEL, environ, "BUILD_WORKSPACE_DIRECTORY", "the workspace's folder")
    here = folder_of_run(_LABEL, environ, "BUILD_WORKING_DIRECTORY", "the folder that Bazel was started in")
    testlogs = here / arguments.testlogs if arguments.testlogs is not None else workspace / "bazel-testlogs"
    return _Request(
        testlogs=testlogs,
        events=None if arguments.build_event_json_file is None else here / arguments.build_event_json_file,
        output=testlogs / "report.html" if arguments.output is None else here / arguments.output,
        markdown=None if arguments.markdown is None else here / arguments.markdown,
        junit=None if arguments.junit_xml is None else here / arguments.junit_xml,
        annotations=None if arguments.github_annotations is None else here / arguments.github_annotations,
        patterns=tuple(arguments.patterns),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"bazel run @hermetic_pytest{_LABEL} --",
        description="Makes one HTML page of the results of the last `bazel test`.",
        allow_abbrev=False,
    )
    parser.add_argument("patterns", nargs="*", metavar="PATTERN", help="targets: //pkg:x_test, //pkg:all, //pkg/...")
    parser.add_argument(
        "--build_event_json_file",
        metavar="FILE",
        help="what `bazel test --build_event_json_file=FILE` wrote: the page then tells of that one build, also of "
        "targets that were not built, and knows timeouts and start times",
    )
    parser.add_argument("--output", metavar="FILE", help="the page to write; default: report.html in bazel-testlogs")
    parser.add_argument("--testlogs", metavar="FOLDER", help="Bazel's results, where bazel-testlogs is not the folder")
    parser.add_argument("--markdown", metavar="FILE", help="also write a summary, for example $GITHUB_STEP_SUMMARY")
    parser.add_argument("--junit_xml", metavar="FILE", help="also write the results of all targets as one JUnit report")
    parser.add_argument(
        "--github_annotations",
        metavar="FILE",
        help="also write failures as GitHub's annotations; /dev/stdout shows them",
    )
    return parser


def _read(request: _Request) -> Report:
    if not request.testlogs.is_dir():
        raise LauncherError(
            f"{request.testlogs} is no folder, expected Bazel's folder of test results; run `bazel test` first, or "
            f"give the folder by --testlogs (`bazel info bazel-testlogs` prints it)"
        )
    progress = Progress(sys.stderr)
    if request.events is not None:
        return report_of_build(read_build_events(request.events), progress)
    return report_of_testlogs(request.testlogs.resolve(), progress)


def _chosen(report: Report, request: _Request) -> Report:
    patterns = request.patterns
    targets = tuple(target for target in report.targets if is_selected(target.label, patterns))
    if not targets:
        raise LauncherError(
            f"{request.events or request.testlogs} has no result of {' or '.join(patterns) or 'any target'}; run "
            f"`bazel test` with the same flags as this program"
        )
    return replace(report, targets=targets)


def _write_others(report: Report, request: _Request) -> None:
    """Writes what continuous integration reads."""
    view = make_view(report.targets)
    if request.markdown is not None:
        _write("markdown", request.markdown, markdown(report, view))
    if request.junit is not None:
        _write("junit_xml", request.junit, merged_junit(view))
    if request.annotations is not None:
        _write("github_annotations", request.annotations, "".join(f"{line}\n" for line in annotations(view)))


def _write(option: str, output: pathlib.Path, text: str) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise LauncherError(
            f"--{option}: {output} cannot be written ({error.strerror}), expected a file in a folder that exists or "
            f"can be made; give another one"
        ) from error
