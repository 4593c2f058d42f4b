"""The command line of `//tools/adopt`."""

import argparse
import pathlib
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adopt.errors import AdoptError

_COMMAND = "bazel run @hermetic_pytest//tools/adopt --"
_WORKSPACE = "BUILD_WORKSPACE_DIRECTORY"


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a user asks for.

    Attributes:
        patterns: which targets to look at; all where none is wanted.
        workspace: the root of the user's repository.
        bazel: the program that answers queries, with its start-up options.
        defs: the label of the .bzl file that has the `py_test` to move to.
        conftest: the label that such a target depends on.
        commands: whether to print the commands alone.
    """

    patterns: tuple[str, ...]
    workspace: pathlib.Path
    bazel: tuple[str, ...]
    defs: str
    conftest: str
    commands: bool


def read_options(argv: Sequence[str], environ: Mapping[str, str]) -> Options:
    """Reads the command line.

    Args:
        argv: the arguments; see `--help`. Unknown ones end the process with exit code 2, as argparse does.
        environ: the variables that `bazel run` sets (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        What is asked for.

    Raises:
        AdoptError: a pattern is none, there is no workspace, or no Bazel.
    """
    arguments = _parser().parse_args(argv)
    for pattern in arguments.patterns:
        _check_pattern(pattern)
    return Options(
        patterns=tuple(arguments.patterns),
        workspace=_workspace(environ),
        bazel=_bazel(arguments.bazel, environ),
        defs=arguments.defs,
        conftest=arguments.conftest,
        commands=arguments.commands,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_COMMAND,
        description="Lists the tests that never run, and prints the buildozer commands that make them run.",
        epilog="The exit code is 0 if there are none, 1 if there are some, 2 if that cannot be told.",
    )
    parser.add_argument("patterns", nargs="*", help="targets such as //pkg/... or -//pkg:x_test (default: //...)")
    parser.add_argument(
        "--bazel", help="the Bazel to ask, with its start-up options (default: bazelisk or bazel on PATH)"
    )
    parser.add_argument("--commands", action="store_true", help="print the commands alone, for a shell to run")
    parser.add_argument("--conftest", default="@hermetic_pytest//testing:conftest", help="what a test depends on")
    parser.add_argument("--defs", default="@hermetic_pytest//testing:defs.bzl", help="where py_test is loaded from")
    return parser


def _check_pattern(pattern: str) -> None:
    if not pattern.removeprefix("-").startswith("//"):
        raise AdoptError(
            f"argument {pattern!r} is no pattern of targets of this repository, expected one such as //pkg:x_test, "
            f"//pkg:all or //pkg/...; write it so, or leave it out for all targets"
        )


def _workspace(environ: Mapping[str, str]) -> pathlib.Path:
    value = environ.get(_WORKSPACE)
    if value is None or not pathlib.Path(value).is_dir():
        raise AdoptError(
            f"{_WORKSPACE} is {value!r}, expected the folder of the repository to look at: start it by `{_COMMAND} "
            f"//...` in there"
        )
    return pathlib.Path(value)


def _bazel(asked: str | None, environ: Mapping[str, str]) -> tuple[str, ...]:
    if asked is not None:
        return tuple(shlex.split(asked))
    path = environ.get("PATH", "")
    for name in ("bazelisk", "bazel"):
        found = shutil.which(name, path=path)
        if found is not None:
            return (found,)
    raise AdoptError(f"neither bazelisk nor bazel is on PATH ({path}): name one by --bazel=<program>")
