"""Compiles Python sources to bytecode that is valid whatever the sources' times are."""

import json
import pathlib
import py_compile
import sys
from collections.abc import Sequence
from typing import TextIO


def main(argv: Sequence[str]) -> None:
    """Compiles sources.

    Args:
        argv: "@" and the path of a file with the paths of the sources, then as many paths of the bytecode to write, one
            a line; or `--persistent_worker`, for requests with these paths on standard input.
    """
    if list(argv) == ["--persistent_worker"]:
        _serve(sys.stdin, sys.stdout)
    else:
        _compile(pathlib.Path(argv[0].removeprefix("@")).read_text(encoding="utf-8").splitlines())


def _serve(requests: TextIO, responses: TextIO) -> None:
    """Follows https://bazel.build/remote/creating#work-responses, with one JSON object a line."""
    for line in requests:
        _compile(json.loads(line)["arguments"])
        responses.write(json.dumps({"exitCode": 0, "output": ""}) + "\n")
        responses.flush()


def _compile(files: Sequence[str]) -> None:
    half = len(files) // 2
    for source, bytecode in zip(files[:half], files[half:], strict=True):
        try:
            py_compile.compile(
                source,
                cfile=bytecode,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except (py_compile.PyCompileError, ValueError):
            # A wheel may hold files in a syntax that this Python does not know. Python takes an empty file for
            # invalid bytecode, reads the source, and says what is wrong there.
            pathlib.Path(bytecode).touch()


if __name__ == "__main__":
    main(sys.argv[1:])
