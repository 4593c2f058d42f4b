"""Bytecode goes by its source's hash, and depends on nothing else."""

import importlib.util
import marshal
import subprocess
import sys
import types

import pytest
from hermetic_pytest.startup.assert_rewriting.pyc import format_pyc, is_current

_SOURCE = b"""
import os

def function(argument, /, *arguments, keyword=("text", 1.5, frozenset({2, 3}))):
    def inner():
        return argument, os.sep, "text", [slice(1, 2)], b"bytes"
    return {name: inner for name in arguments if name in {"some", "names"}}
"""


def _code(source: bytes = _SOURCE) -> types.CodeType:
    return compile(source, "module.py", "exec")


def test_python_reads_the_file() -> None:
    """It is a .pyc file as PEP 552 says: Python's magic number, flags, the source's hash, the code."""
    pyc = format_pyc(_SOURCE, _code())
    assert pyc[:4] == importlib.util.MAGIC_NUMBER
    assert pyc[4:8] == b"\x03\x00\x00\x00"
    assert pyc[8:16] == importlib.util.source_hash(_SOURCE)
    assert marshal.loads(pyc[16:]) == _code()


def test_same_file_whatever_is_in_memory() -> None:
    """The same code has the same bytes where other code holds its names and constants, and in another process."""
    alone = format_pyc(_SOURCE, _code())
    code = _code()
    held = [code, code.co_consts, code.co_names, code.co_linetable]
    assert format_pyc(_SOURCE, code) == alone
    assert len(held) == 4
    program = (
        "import sys; from hermetic_pytest.startup.assert_rewriting.pyc import format_pyc; "
        "source = sys.stdin.buffer.read(); "
        "sys.stdout.buffer.write(format_pyc(source, compile(source, 'module.py', 'exec')))"
    )
    assert subprocess.run([sys.executable, "-c", program], input=_SOURCE, stdout=subprocess.PIPE).stdout == alone


def test_current() -> None:
    """Bytecode is current for the source that it was made from."""
    assert is_current(format_pyc(_SOURCE, _code()), _SOURCE)


@pytest.mark.parametrize(
    "pyc",
    [b"", b"\x00" * 4 + format_pyc(_SOURCE, _code())[4:], format_pyc(b"another", _code(b"another"))],
    ids=["nothing", "another Python's", "another source's"],
)
def test_not_current(pyc: bytes) -> None:
    """Bytecode of another Python or another source is not."""
    assert not is_current(pyc, _SOURCE)
