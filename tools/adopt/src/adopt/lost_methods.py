"""Classes whose tests a runner takes without running them, or passes over."""

import ast
from collections.abc import Iterator, Mapping

from adopt.calls import imported_names

# The plain TestCase: what a method returns, it drops. Others have a loop for async methods, or may have.
_PLAIN_CASES = (
    "absl.testing.absltest.TestCase",
    "absl.testing.parameterized.TestCase",
    "unittest.TestCase",
    "unittest.case.TestCase",
)

# pytest takes no test from a class with one of these:
# https://docs.pytest.org/en/stable/explanation/goodpractices.html#conventions-for-python-test-discovery.
_CONSTRUCTORS = ("__init__", "__new__")

# Decorators that leave a coroutine function one; any other may run it.
_HARMLESS = ("unittest", "pytest", "mock")


def never_awaited(tree: ast.Module) -> list[ast.AsyncFunctionDef]:
    """Finds async tests of a plain `unittest.TestCase`, which pass without having run.

    Args:
        tree: the file's syntax tree.

    Returns:
        The methods, in the order of the file.
    """
    names = imported_names(tree)
    classes = _classes(tree)
    return [
        method
        for node in classes.values()
        if _is_plain_case(node, classes, names)
        for method in node.body
        if isinstance(method, ast.AsyncFunctionDef) and method.name.startswith("test")
        if all(_origin(decorator, names).startswith(_HARMLESS) for decorator in method.decorator_list)
    ]


def with_constructor(tree: ast.Module) -> list[tuple[ast.ClassDef, int]]:
    """Finds the classes that pytest passes over since they have a constructor.

    Args:
        tree: the file's syntax tree.

    Returns:
        The classes with their numbers of tests, in the order of the file. A class with a base of another file is not
        among them: it may be a TestCase.
    """
    classes = _classes(tree)
    found = []
    for node in classes.values():
        lineage = list(_lineage(node, classes))
        methods = {part.name for each in lineage for part in each.body if isinstance(part, _FUNCTIONS)}
        tests = sum(name.startswith("test") for name in methods)
        is_known = all(ast.unparse(base) in (*classes, "object") for each in lineage for base in each.bases)
        if is_known and tests and node.name.startswith("Test") and not methods.isdisjoint(_CONSTRUCTORS):
            found.append((node, tests))
    return found


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _classes(tree: ast.Module) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _lineage(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]) -> Iterator[ast.ClassDef]:
    """Yields a class and those of its bases that are in the file; no class is its own base."""
    pending = [node]
    seen: set[str] = set()
    while pending:
        each = pending.pop(0)
        if each.name not in seen:
            seen.add(each.name)
            yield each
            pending += [classes[name] for name in map(ast.unparse, each.bases) if name in classes]


def _is_plain_case(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], names: Mapping[str, str]) -> bool:
    """Tells whether all bases of a class lead to the plain TestCase, as far as the file tells."""
    bases = [base for each in _lineage(node, classes) for base in each.bases if ast.unparse(base) not in classes]
    return bases != [] and all(_origin(base, names) in _PLAIN_CASES for base in bases)


def _origin(node: ast.expr, names: Mapping[str, str]) -> str:
    text = ast.unparse(node.func if isinstance(node, ast.Call) else node)
    first, dot, rest = text.partition(".")
    return f"{names.get(first, first)}{dot}{rest}"
