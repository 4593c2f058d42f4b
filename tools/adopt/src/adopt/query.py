"""Asks Bazel for the targets of a repository."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from adopt.errors import AdoptError
from adopt.options import Options
from adopt.rules import Rule, read_rule

# Variables that tell of the `bazel run` around this process, and would change what repository rules see.
_HIDDEN = ("BUILD_", "JAVA_RUNFILES", "PYTHON", "RUNFILES_")

# So many targets pass before the user hears of it again.
_STEP = 5000

_ERROR_LINES = 20


def query_rules(options: Options) -> list[Rule]:
    """Runs `bazel query`, which `bazel run` leaves the server free for.

    Args:
        options: which Bazel, where, and which targets.

    Returns:
        The targets that rules make.

    Raises:
        AdoptError: Bazel cannot be started, or refuses the query.
    """
    expression = query_expression(options.patterns)
    argv = [
        *options.bazel,
        "query",
        expression,
        "--output=streamed_jsonproto",
        "--noshow_progress",
        "--order_output=no",
    ]
    print(f"adopt: {options.bazel[0]} query '{expression}'", file=sys.stderr)
    # A file, for nobody reads a second pipe while the first one is read.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = _start(argv, options, errors)
        assert process.stdout is not None
        with process:
            rules = list(_read(process.stdout, str(options.workspace)))
        if process.returncode != 0:
            raise AdoptError(_failure(process.returncode, errors))
    print(f"adopt: {len(rules)} targets", file=sys.stderr)
    return rules


def query_expression(patterns: Sequence[str]) -> str:
    """Composes the query for patterns of targets (https://bazel.build/query/language).

    Args:
        patterns: the patterns; one that starts with `-` takes targets away.

    Returns:
        The expression.
    """
    wanted = [f'"{pattern}"' for pattern in patterns if not pattern.startswith("-")] or ['"//..."']
    unwanted = [f' - "{pattern[1:]}"' for pattern in patterns if pattern.startswith("-")]
    return f"kind(rule, {' + '.join(wanted)}{''.join(unwanted)})"


def _start(argv: Sequence[str], options: Options, errors: IO[str]) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    try:
        return subprocess.Popen(
            argv, cwd=options.workspace, env=environ, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
        )
    except OSError as error:
        raise AdoptError(f"{argv[0]} cannot be started: {error.strerror}; name another by --bazel=<program>") from error


def _read(lines: Iterable[str], workspace: str) -> Iterator[Rule]:
    for count, line in enumerate(lines, 1):
        if count % _STEP == 0:
            print(f"adopt: {count} targets so far", file=sys.stderr)
        rule = read_rule(line, workspace)
        if rule is not None:
            yield rule


def _failure(exit_code: int, errors: IO[str]) -> str:
    errors.seek(0)
    told = "".join(errors.readlines()[-_ERROR_LINES:]).rstrip()
    return f"bazel query ended with exit code {exit_code}; mend what it says, or leave that out by -//pkg/...:\n{told}"
