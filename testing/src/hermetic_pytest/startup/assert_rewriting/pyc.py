"""Bytecode files that go by their source's hash, which Python checks (https://peps.python.org/pep-0552/)."""

import importlib.util
import marshal
import sys
import types
from collections.abc import Iterator

_CHECKED_HASH = (0b11).to_bytes(4, "little")

# What a code object holds; Python 3.10 knows no qualified names and no exception tables.
_NAMES = ("co_filename", "co_name", "co_qualname", "co_linetable", "co_exceptiontable")
_TUPLES = ("co_consts", "co_names", "co_varnames", "co_cellvars", "co_freevars")


def format_pyc(source: bytes, code: types.CodeType) -> bytes:
    """Writes code as the bytecode of a source.

    Args:
        source: the source.
        code: what it was compiled to.

    Returns:
        The content of a .pyc file; the same one for the same code, whatever else the process has in memory.
    """
    return _header(source) + dump_code(code)


def dump_code(code: types.CodeType) -> bytes:
    """Writes code as `marshal.dumps` does, the same bytes for the same code, whatever else the process has in memory.

    Args:
        code: the code.
    """
    # marshal writes an object that has one owner differently from one that has several; with these, each has several.
    owners = list(_parts(code))
    # Of these characters each has one string, and marshal writes down whether anyone has interned it.
    for number in range(256):
        sys.intern(chr(number))
    data = marshal.dumps(code)
    del owners
    return data


def is_current(pyc: bytes, source: bytes) -> bool:
    """Tells whether bytecode is of this Python and of a source.

    Args:
        pyc: what `format_pyc` returned, perhaps under another Python.
        source: the source now.
    """
    return pyc.startswith(_header(source))


def _header(source: bytes) -> bytes:
    return importlib.util.MAGIC_NUMBER + _CHECKED_HASH + importlib.util.source_hash(source)


def _parts(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, types.CodeType):
        yield from (getattr(value, name, None) for name in _NAMES)
        for name in _TUPLES:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple | frozenset):
        for part in value:
            yield from _parts(part)
