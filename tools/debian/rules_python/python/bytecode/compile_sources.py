"""Compiles Python sources to bytecode that is valid whatever the sources' times are."""

import pathlib
import py_compile
import sys
from collections.abc import Sequence


def main(files: Sequence[str]) -> None:
    """Compiles each source.

    Args:
        files: the paths of the sources, then as many paths of the bytecode to write.
    """
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
    main(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
