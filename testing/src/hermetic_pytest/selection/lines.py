"""Finds the test around a line of its file, as editors name one: `pkg/x_test.py:15`, also with a column."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from hermetic_pytest.selection.test_names import ItemName, NamePattern

# A file's path ends in an extension; what follows the line is a column.
_LINE = re.compile(r"(?P<path>.*\.\w+):(?P<line>[0-9]{1,9})(?::[0-9]+)?", re.DOTALL)

_NODES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class _Definition:
    """A part of a file that has tests.

    Attributes:
        lines: its lines, from 1.
        classes: the names of the class and of those around it, where it is a class; this may inherit tests.
    """

    lines: range
    classes: tuple[str, ...] | None = None

    def has(self, start: int, chain: tuple[str, ...]) -> bool:
        """Tells whether a test is here.

        Args:
            start: the line that it begins at.
            chain: the names of its classes, and its own.
        """
        return start in self.lines or (self.classes is not None and chain[: len(self.classes)] == self.classes)


def split_line(text: str) -> tuple[str, int | None]:
    """Splits the line off a file's path.

    Args:
        text: a path, or another name of tests.

    Returns:
        The text without the line, and the line, from 1; None where it has none.
    """
    match = _LINE.fullmatch(text)
    return (text, None) if match is None else (match["path"], int(match["line"]))


def tests_around(line: int, items: Sequence[pytest.Item], names: Sequence[ItemName], file: NamePattern) -> set[int]:
    """Finds the tests that a line belongs to.

    Args:
        line: the line, from 1.
        items: the tests.
        names: their names.
        file: matches the names of the file's tests.

    Returns:
        The indices of one function's tests, or of a class's where the line is in the class and in none of its
        functions. In a file that is not Python, those of the last test that begins there or before.
    """
    found = set[int]()
    for path in {name.path for name in names if name.matches(file)}:
        own = [(index, _start(items[index], path), name.chain) for index, name in enumerate(names) if name.path == path]
        if path.endswith(".py"):
            around = _definition(items[own[0][0]].path.read_bytes(), line)
        else:
            last = max((start for _, start, _ in own if start <= line), default=0)
            around = _Definition(range(last, last + 1))
        found |= {index for index, start, chain in own if around.has(start, chain)}
    return found


def _start(item: pytest.Item, path: str) -> int:
    """Returns the line that a test begins at, 0 for one that was written in another file."""
    file, line, _ = item.location
    return line + 1 if file == path and line is not None else 0


def _definition(source: bytes, line: int) -> _Definition:
    """Finds the innermost class, or the outermost function in it, that has a line."""
    found = _Definition(range(0))
    nodes: list[ast.AST] = [ast.parse(source)]
    while nodes:
        node = nodes.pop()
        if not isinstance(node, _NODES):
            nodes += ast.iter_child_nodes(node)
        elif line in (lines := _lines(node)):
            is_class = isinstance(node, ast.ClassDef)
            found = _Definition(lines, (*(found.classes or ()), node.name) if is_class else None)
            nodes = list(node.body) if is_class else []
    return found


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> range:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return range(first, (node.end_lineno or node.lineno) + 1)
