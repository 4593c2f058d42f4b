"""Lists the tests of targets without running any; what `//testing:list_tests` runs."""

import argparse
import pathlib
import sys
from collections.abc import Mapping, Sequence

from hermetic_pytest.commands.bazel_client import BazelClient
from hermetic_pytest.commands.listed_tests import as_json, as_text, read_list
from hermetic_pytest.commands.listing_build import build_lists
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.words import plural

_LABEL = "//testing:list_tests"

# See https://bazel.build/run/build#specifying-build-targets.
_PATTERN_STARTS = ("//", "-//", "@", "-@", ":")


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Prints the tests.

    Args:
        argv: the arguments; see `--help`.
        environ: the variables that `bazel run` sets
            (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        The exit code: 1 where a target could not be collected, or nothing could be built.
    """
    own, others = _parser().parse_known_args(argv)
    try:
        bazel = BazelClient.of_run(_LABEL, own.bazel, environ, pathlib.Path.cwd())
        lists, is_whole = build_lists(bazel, _repository(), _build_arguments(others))
        targets = [read_list(each) for each in lists]
        text = as_json(targets) if own.json else as_text(targets)
        if own.output is None:
            print(text, flush=True)
        else:
            _write(bazel.here / own.output, f"{text}\n")
    except LauncherError as error:
        _say(str(error))
        return 1
    tests = sum(len(target.tests) for target in targets)
    bad = sum(target.error != "" for target in targets)
    _say(f"{plural(tests, 'test')} in {plural(len(targets), 'target')}" + (f", {bad} with an error" if bad else ""))
    return 1 if bad or not is_whole else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"bazel run @hermetic_pytest{_LABEL} --",
        usage="%(prog)s [--json] [--output=FILE] [--bazel=PROGRAM] [flags of bazel build] [PATTERN ...]",
        description="Lists the tests of targets, //... if none are named, without running any.",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    parser.add_argument("--output", metavar="FILE", help="the file to write, instead of standard output")
    parser.add_argument("--bazel", metavar="PROGRAM", help="the Bazel to start, with its start-up options")
    return parser


def _repository() -> str:
    """Returns the canonical name of this project's repository: the folder in runfiles that this file is in."""
    folder = pathlib.Path(__file__).parents[4].name
    return "" if folder == "_main" else folder


def _build_arguments(arguments: Sequence[str]) -> list[str]:
    """Puts patterns after flags; one that takes targets away looks like a flag. None ask for the whole workspace."""
    patterns = [each for each in arguments if _is_pattern(each)]
    return [*(each for each in arguments if each not in patterns), "--", *(patterns or ["//..."])]


def _is_pattern(argument: str) -> bool:
    return argument.startswith(_PATTERN_STARTS) or argument.endswith(("...", ":all"))


def _write(file: pathlib.Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise LauncherError(
            f"--output: {file} cannot be written ({error.strerror}), expected a file in a folder that exists; give "
            f"another one"
        ) from error


def _say(text: str) -> None:
    print(f"list_tests: {text}", file=sys.stderr)
