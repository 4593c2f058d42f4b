"""Brings the reports that pytest and its plugins write on request to where Bazel keeps them."""

import os
import pathlib
from collections.abc import Iterator, Sequence

# Options of pytest and of plugins that take the path of a file or folder to write.
REPORTS = frozenset(
    {
        "--alluredir",
        "--benchmark-json",
        "--csv",
        "--ctrf",
        "--cucumber-json",
        "--cucumberjson",
        "--excelreport",
        "--html",
        "--json-report-file",
        "--junit-xml",
        "--junitxml",
        "--log-file",
        "--md-report-output",
        "--nunit-xml",
        "--pstats-dir",
        "--report-log",
        "--tap-outdir",
    }
)

# The same for a value of the form `type:path`, where the type is one of those that write a file (pytest-cov).
TYPED_REPORTS = {"--cov-report": frozenset({"annotate", "html", "json", "lcov", "markdown", "markdown-append", "xml"})}


def keep_reports(arguments: Sequence[str], folder: pathlib.Path) -> list[str]:
    """Makes relative paths of reports relative to a folder; pytest's own working folder is lost after a run.

    Args:
        arguments: pytest's command line; `--option=path` and `--option path` are both understood.
        folder: where the reports go: TEST_UNDECLARED_OUTPUTS_DIR, or in a direct run the folder a user is in. Folders
            that a path names below it are created.

    Returns:
        The command line with absolute paths.
    """
    return list(_kept(iter(arguments), folder))


def _kept(arguments: Iterator[str], folder: pathlib.Path) -> Iterator[str]:
    for argument in arguments:
        option, equals, value = argument.partition("=")
        if equals:
            yield f"{option}={_absolute(option, value, folder)}"
        else:
            yield argument
            if argument == "--":
                yield from arguments
            elif argument in REPORTS or argument in TYPED_REPORTS:
                yield from (_absolute(argument, value, folder) for value in _next(arguments))


def _next(arguments: Iterator[str]) -> Iterator[str]:
    """Takes one argument, if there is one: pytest will say which value is missing."""
    for argument in arguments:
        yield argument
        return


def _absolute(option: str, value: str, folder: pathlib.Path) -> str:
    if option in TYPED_REPORTS:
        kind, colon, path = value.partition(":")
        return f"{kind}:{_below(folder, path)}" if colon and kind in TYPED_REPORTS[option] else value
    return _below(folder, value) if option in REPORTS else value


def _below(folder: pathlib.Path, path: str) -> str:
    # pytest and its plugins expand "~" themselves.
    if not path or os.path.isabs(os.path.expanduser(path)):
        return path
    report = folder / path
    report.parent.mkdir(parents=True, exist_ok=True)
    return str(report)
