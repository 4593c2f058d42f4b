"""The command line: which groups to measure, how often, and where the results go."""

import argparse
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DEFAULT_ROUNDS = 20
_DEFAULT_OUTPUT = "benchmark_results"
_DESCRIPTION = """\
Measures hermetic_pytest under Bazel against bare pytest, in turns. Prints a table, and writes it as report.txt, with
all samples as report.json, and as a picture, report.svg.
"""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asks for.

    Attributes:
        rounds: how many samples to take of each contestant.
        groups: the names of the groups to measure, in the report's order.
        output: the folder for the results.
        module: the source tree of hermetic_pytest.
        bazel_flags: flags of Bazel, for all that is built and tested.
    """

    rounds: int
    groups: tuple[str, ...]
    output: pathlib.Path
    module: pathlib.Path
    bazel_flags: tuple[str, ...]


def parse_arguments(argv: Sequence[str], environ: Mapping[str, str], groups: Sequence[str]) -> Options:
    """Reads the command line and what `bazel run` sets.

    Args:
        argv: the arguments, without the program's name.
        environ: the process's variables.
        groups: the names of all groups, in the report's order.

    Returns:
        The options.

    Raises:
        SystemExit: with 2, after an error on standard error; with 0 after --help.
    """
    parser = _parser(groups)
    arguments = parser.parse_args(argv)
    if "BUILD_WORKSPACE_DIRECTORY" not in environ:
        parser.error(
            "BUILD_WORKSPACE_DIRECTORY is not set, expected the folder that `bazel run` puts there; "
            "start the benchmarks with `./bazelw run //benchmarks`"
        )
    module = pathlib.Path(environ["BUILD_WORKSPACE_DIRECTORY"])
    output = pathlib.Path(environ.get("BUILD_WORKING_DIRECTORY", module), arguments.output)
    if output.exists() and not output.is_dir():
        parser.error(f"argument --output: got {str(output)!r}, which is a file, expected a folder; name another")
    chosen = tuple(group for group in groups if group in arguments.only)
    return Options(
        rounds=arguments.rounds,
        groups=chosen,
        output=output,
        module=module,
        bazel_flags=tuple(arguments.bazel_flag),
    )


def _parser(groups: Sequence[str]) -> argparse.ArgumentParser:
    def names(text: str) -> list[str]:
        for name in text.split(","):
            if name not in groups:
                raise argparse.ArgumentTypeError(
                    f"got {name!r}, expected groups from {', '.join(groups)}, separated by commas; "
                    "write some of these, or leave the option out for all"
                )
        return text.split(",")

    parser = argparse.ArgumentParser(prog="benchmarks", description=_DESCRIPTION, allow_abbrev=False)
    parser.add_argument("--rounds", type=_rounds, default=_DEFAULT_ROUNDS, metavar="N", help="default: %(default)s")
    parser.add_argument("--only", type=names, default=list(groups), metavar="GROUP,GROUP…", help=", ".join(groups))
    parser.add_argument(
        "--output",
        default=_DEFAULT_OUTPUT,
        metavar="FOLDER",
        help="the folder for the results, from where bazel is started (default: %(default)s)",
    )
    parser.add_argument(
        "--bazel_flag",
        type=_flag,
        action="append",
        default=[],
        metavar="--FLAG=VALUE",
        help="a flag of `bazel test` to measure with, written as --bazel_flag=--FLAG=VALUE; may be repeated",
    )
    return parser


def _flag(text: str) -> str:
    if not text.startswith("--"):
        raise argparse.ArgumentTypeError(
            f"got {text!r}, expected a flag of `bazel test` with its value, such as --nolegacy_external_runfiles"
        )
    return text


def _rounds(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(
            f"got {text!r}, expected a whole number of at least 1; leave the option out for {_DEFAULT_ROUNDS}"
        )
    return int(text)
