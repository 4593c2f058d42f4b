"""Writes rewritten modules; what the build runs, alone or as a persistent worker."""

import argparse
import configparser
import json
import pathlib
import sys
from collections.abc import Sequence
from typing import TextIO

import pytest

from hermetic_pytest.startup.assert_rewriting.rewrite import rewrite, rewrite_if_needed
from hermetic_pytest.startup.assert_rewriting.rewritten_modules import format_modules


def main(argv: Sequence[str]) -> int:
    """Rewrites the modules that the arguments name.

    Args:
        argv: what to do, see --help, or an "@" and the path of a file that says so, one argument a line; or
            `--persistent_worker`, for requests with such arguments on standard input.

    Returns:
        The exit code.
    """
    if "--persistent_worker" in argv:
        _serve(sys.stdin, sys.stdout)
    else:
        _write_modules(argv)
    return 0


def _serve(requests: TextIO, responses: TextIO) -> None:
    """Follows https://bazel.build/remote/creating#work-responses, with one JSON object a line."""
    for line in requests:
        _write_modules(json.loads(line)["arguments"])
        responses.write(json.dumps({"exitCode": 0, "output": ""}) + "\n")
        responses.flush()


def _write_modules(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(fromfile_prefix_chars="@", allow_abbrev=False)
    parser.add_argument("--output", type=pathlib.Path, required=True, help="the file to write")
    parser.add_argument("--module", nargs=2, action="append", default=[], help="an rlocation path and its file")
    parser.add_argument("--entry-points", type=pathlib.Path, help="of the modules' distribution, if they are of one")
    arguments = parser.parse_args(argv)
    rewrite_module = rewrite
    modules = arguments.module
    if arguments.entry_points is not None:
        # Its modules have bytecode of their own. pytest rewrites those of plugins alone
        # (https://docs.pytest.org/en/stable/how-to/writing_plugins.html#assertion-rewriting).
        rewrite_module = rewrite_if_needed
        modules = modules if _has_plugins(arguments.entry_points) else []
    bytecode = {path: rewrite_module(pathlib.Path(file).read_bytes(), path) for path, file in modules}
    rewritten = {path: pyc for path, pyc in bytecode.items() if pyc is not None}
    arguments.output.write_bytes(format_modules(pytest.__version__, rewritten))


def _has_plugins(entry_points: pathlib.Path) -> bool:
    # https://packaging.python.org/en/latest/specifications/entry-points/#file-format
    parser = configparser.ConfigParser(delimiters="=", interpolation=None, strict=False)
    parser.read_string(entry_points.read_text(encoding="utf-8"))
    return parser.has_section("pytest11")
