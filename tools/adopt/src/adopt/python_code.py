"""What a Python file holds: tests, and imports of other files."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

# What pytest and unittest call a test by default: https://docs.pytest.org/en/stable/explanation/goodpractices.html
# and https://docs.python.org/3/library/unittest.html.
_FUNCTION = "test"
_CLASS = "Test"
_CASE = "TestCase"


@dataclass(frozen=True)
class TestFunction:
    """One test.

    Attributes:
        name: of the function, or of the class that has the method.
        line: where it starts.
        is_case: whether it is a method of a class with a base, which may be unittest's TestCase.
    """

    __test__ = False

    name: str
    line: int
    is_case: bool = False


def find_tests(tree: ast.Module) -> list[TestFunction]:
    """Finds the tests of a file: functions, and methods of classes.

    Args:
        tree: the file's syntax tree.

    Returns:
        The tests in the order of the file. What a base class or a loop brings is not known.
    """
    found = []
    for node in _definitions(tree.body):
        if isinstance(node, ast.ClassDef):
            if _is_test_class(node):
                methods = [method for method in node.body if _is_test_function(method)]
                found += [TestFunction(node.name, method.lineno, node.bases != []) for method in methods]
        elif _is_test_function(node):
            found.append(TestFunction(node.name, node.lineno))
    return found


def find_imports(tree: ast.Module, package: tuple[str, ...]) -> set[str]:
    """Finds the modules that a file may import.

    Args:
        tree: the file's syntax tree.
        package: the folders that the file is in, which relative imports start from.

    Returns:
        Dotted names; `from a import b` gives both `a` and `a.b`. Texts that look like such a name count, for
        `importlib.import_module` and `unittest` take them.
    """
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= _imported_from(node, package)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_dotted(node.value):
            found.add(node.value)
    return found


def _definitions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yields what is defined at the top, also below an `if`, a `try` or a `with`."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
        else:
            for part in ("body", "orelse", "finalbody"):
                yield from _definitions(getattr(node, part, []))


def _is_test_function(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith(_FUNCTION):
        return False
    decorators = [item.func if isinstance(item, ast.Call) else item for item in node.decorator_list]
    return not any(ast.unparse(item).endswith("fixture") for item in decorators)


def _is_test_class(node: ast.ClassDef) -> bool:
    return node.name.startswith(_CLASS) or any(ast.unparse(base).endswith(_CASE) for base in node.bases)


def _imported_from(node: ast.ImportFrom, package: tuple[str, ...]) -> set[str]:
    start = package[: len(package) - node.level + 1] if node.level else ()
    module = ".".join([*start, *([node.module] if node.module else [])])
    return {module, *(f"{module}.{alias.name}" for alias in node.names)} - {""}


def _is_dotted(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))
