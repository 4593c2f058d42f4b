"""The fixtures, markers and settings that tests get, found in the Python code that registers them with pytest."""

import ast
import importlib
import pathlib
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

# The methods of pytest's Parser and Config that announce a name and explain it.
_REGISTRATIONS = {"addini": "setting", "addinivalue_line": "marker"}


@dataclass(frozen=True)
class Name:
    """A name that tests can use.

    Attributes:
        kind: "fixture", "marker" or "setting".
        name: what tests write.
        doc: what it does.
    """

    kind: str
    name: str
    doc: str


def find_names(conftest: pathlib.Path, package: pathlib.Path) -> list[Name]:
    """Finds all names.

    Args:
        conftest: the public conftest.py.
        package: the folder of the importable package with the plugins.

    Returns:
        Its names and those of the package's modules.
    """
    found = list(_fixtures(ast.parse(conftest.read_text(encoding="utf-8"))))
    for file in sorted(package.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        module = ".".join(file.relative_to(package.parent).with_suffix("").parts)
        found += [*_fixtures(tree), *_registered(tree, module)]
    return found


def _fixtures(tree: ast.Module) -> Iterator[Name]:
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for decorator in map(ast.unparse, function.decorator_list):
                if decorator.startswith("pytest.fixture"):
                    yield Name("fixture", function.name, textwrap.dedent(ast.get_docstring(function) or ""))


def _registered(tree: ast.Module, module: str) -> Iterator[Name]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _REGISTRATIONS:
            if isinstance(call.args[0], ast.Name) and call.args[0].id.islower():
                # Another default for one of pytest's own settings.
                continue
            # As they are in the module: constants of its own, or of those that it imports.
            first, second = (eval(ast.unparse(text), vars(importlib.import_module(module))) for text in call.args[:2])
            kind = _REGISTRATIONS[call.func.attr]
            if kind == "marker":
                # pytest's way to write one: name(arguments): what it does.
                first, _, second = second.partition(": ")
            yield Name(kind, first, second)
