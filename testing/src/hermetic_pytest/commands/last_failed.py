"""Runs what failed in the last `bazel test`, and only that; what `//testing:last_failed` runs."""

import argparse
import pathlib
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hermetic_pytest.commands.bazel_client import BazelClient
from hermetic_pytest.commands.failed_targets import NOT_RUN, FailedTarget, failed_targets
from hermetic_pytest.commands.gone_targets import gone_targets
from hermetic_pytest.commands.rerun_arguments import rerun_arguments
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.assembly import report_of_build, report_of_testlogs
from hermetic_pytest.report.build_events import read_build_events
from hermetic_pytest.report.label_patterns import check_patterns, is_selected
from hermetic_pytest.report.model import Report
from hermetic_pytest.report.progress import Progress
from hermetic_pytest.report.words import plural

_LABEL = "//testing:last_failed"

# Bazel's exit code for tests that failed, where all that was asked for was built and run.
_TESTS_FAILED = 3


@dataclass(frozen=True, kw_only=True)
class _Request:
    """What the command line asks for; `flags` are Bazel's."""

    bazel: BazelClient
    testlogs: str | None
    events: str | None
    patterns: tuple[str, ...]
    flags: tuple[str, ...]
    list_only: bool


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Runs the tests that failed last.

    Args:
        argv: the arguments; see `--help`.
        environ: the variables that `bazel run` sets
            (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        Bazel's exit code; 0 where nothing failed; 1 where that cannot be told.
    """
    try:
        request = _request(argv, environ)
        failed = _failed(request)
        commands = rerun_arguments(failed, request.flags)
        if request.list_only:
            program = (pathlib.Path(request.bazel.argv[0]).name, *request.bazel.argv[1:])
            print("\n".join(shlex.join([*program, *command]) for command in commands))
            return 0
        return _worst([request.bazel.run(*command) for command in commands])
    except LauncherError as error:
        _say(str(error))
        return 1


def _request(argv: Sequence[str], environ: Mapping[str, str]) -> _Request:
    own, others = _parser().parse_known_args([each for each in argv if not _is_pattern(each)])
    patterns = tuple(each for each in argv if _is_pattern(each))
    check_patterns([each.removeprefix("-") for each in patterns])
    return _Request(
        bazel=BazelClient.of_run(_LABEL, own.bazel, environ, pathlib.Path.cwd()),
        testlogs=own.testlogs,
        events=own.build_event_json_file,
        patterns=patterns,
        flags=tuple(others),
        list_only=own.list,
    )


def _is_pattern(argument: str) -> bool:
    return argument.startswith(("//", "-//"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"bazel run @hermetic_pytest{_LABEL} --",
        usage="%(prog)s [--list] [PATTERN ...] [flags of bazel test, written as --flag=value]",
        description="Runs the tests that failed in the last `bazel test`, and only these.",
        allow_abbrev=False,
    )
    parser.add_argument("--list", action="store_true", help="print the command, and run nothing")
    parser.add_argument(
        "--build_event_json_file",
        metavar="FILE",
        help="what `bazel test --build_event_json_file=FILE` wrote: what failed in that one build, instead of all "
        "targets whose last result is a failure",
    )
    parser.add_argument("--testlogs", metavar="FOLDER", help="Bazel's results, where they are not in bazel-testlogs")
    parser.add_argument("--bazel", metavar="PROGRAM", help="the Bazel to start, with its start-up options")
    return parser


def _failed(request: _Request) -> list[FailedTarget]:
    report = _read(request)
    targets = [target for target in report.targets if _is_asked_for(target.label, request.patterns)]
    for notice in report.notices:
        _say(notice)
    not_run = sum(target.status == NOT_RUN for target in targets)
    if not_run:
        _say(f"{plural(not_run, 'target')} did not run, and did not fail")
    failed = failed_targets(replace(report, targets=tuple(targets)))
    gone = set(gone_targets(request.bazel, [target.label for target in failed])) if failed else set()
    if gone:
        _say(f"not there any more: {', '.join(sorted(gone))}")
    left = [target for target in failed if target.label not in gone]
    _say(_summary(left) if left else f"nothing failed ({report.source})")
    return left


def _is_asked_for(label: str, patterns: Sequence[str]) -> bool:
    wanted = [pattern for pattern in patterns if not pattern.startswith("-")]
    unwanted = [pattern[1:] for pattern in patterns if pattern.startswith("-")]
    return is_selected(label, wanted) and not (unwanted and is_selected(label, unwanted))


def _summary(failed: Sequence[FailedTarget]) -> str:
    tests = sum(len(target.tests) for target in failed if target.tests is not None)
    whole = sum(target.tests is None or not target.is_exact for target in failed)
    parts = [plural(tests, "failed test")] if tests else []
    parts += [f"{plural(whole, 'target')} as a whole"] if whole else []
    return f"{' and '.join(parts)}, in {plural(len(failed), 'target')}"


def _read(request: _Request) -> Report:
    progress = Progress(sys.stderr, program="last_failed")
    if request.events is not None:
        return report_of_build(read_build_events(request.bazel.here / request.events), progress)
    testlogs = _testlogs(request)
    if not testlogs.is_dir():
        raise LauncherError(
            f"{testlogs} is no folder, expected Bazel's folder of test results; run `bazel test` first, or give the "
            f"folder by --testlogs (`bazel info bazel-testlogs` prints it)"
        )
    return report_of_testlogs(testlogs.resolve(), progress)


def _testlogs(request: _Request) -> pathlib.Path:
    """Finds the results: the user's folder, or that of the configuration that the flags make."""
    if request.testlogs is not None:
        return request.bazel.here / request.testlogs
    if request.flags:
        # Flags for `bazel test` alone are refused here, and lead to no other folder.
        answer = request.bazel.capture("info", *request.flags, "--noshow_progress", "bazel-testlogs")
        if answer.returncode == 0:
            return pathlib.Path(answer.stdout.strip())
    return request.bazel.testlogs


def _worst(codes: Sequence[int]) -> int:
    """Chooses what tells most: a failed build, then failed tests."""
    return max(codes, key=lambda code: (code != 0, code != _TESTS_FAILED, code), default=0)


def _say(text: str) -> None:
    print(f"last_failed: {text}", file=sys.stderr)
