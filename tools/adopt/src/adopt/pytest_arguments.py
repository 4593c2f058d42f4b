"""Which files a call of `pytest.main` is given (https://docs.pytest.org/en/stable/how-to/usage.html)."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from adopt.assignments import assigned

# Calls that make a path of texts.
_JOINING = ("join", "joinpath", "Path", "PurePath", "abspath", "realpath", "fspath", "str")


@dataclass
class Arguments:
    """What the call collects.

    Attributes:
        itself: whether the file that has the call.
        folder: whether the folder that the file is in.
        given: whether what the program was given.
        unknown: whether something that only a run can tell.
        names: texts that are files, folders or values of options.
    """

    itself: bool = False
    folder: bool = False
    given: bool = False
    unknown: bool = False
    names: list[str] = field(default_factory=list)


def read_arguments(call: ast.Call, tree: ast.Module) -> Arguments:
    """Follows the arguments of a call of `pytest.main`.

    Args:
        call: the call.
        tree: the syntax tree of its file, for variables.

    Returns:
        What it collects. Without arguments, pytest takes those of the program.
    """
    keywords = [keyword.value for keyword in call.keywords if keyword.arg == "args"]
    arguments = Arguments()
    expressions = [*call.args[:1], *keywords]
    if not expressions:
        arguments.given = True
    for expression in expressions:
        _read(expression, tree, arguments, frozenset())
    return arguments


def _read(node: ast.AST, tree: ast.Module, found: Arguments, followed: frozenset[str]) -> None:
    if isinstance(node, ast.Constant):
        found.names += _words(node)
    elif _is_list(node):
        for part in _parts(node):
            _read(part, tree, found, followed)
    elif not isinstance(node, ast.Name):
        _read_expression(node, found)
    elif node.id == "__file__":
        found.itself = True
    elif node.id in ("argv", "args") and not list(assigned(node.id, tree)):
        # The parameter of a function that gets them.
        found.given = True
    elif node.id not in followed:
        _read_variable(node.id, tree, found, followed | {node.id})


def _read_expression(node: ast.AST, found: Arguments) -> None:
    text = ast.unparse(node)
    words = [word for part in ast.walk(node) if isinstance(part, ast.Constant) for word in _words(part)]
    if "sys.argv" in text:
        found.given = True
    elif isinstance(node, ast.JoinedStr) and text[2:].startswith("-"):
        return
    elif words and (isinstance(node, ast.BinOp | ast.JoinedStr) or _called_name(node) in _JOINING):
        found.names += words
    elif "__file__" in text and "parent" not in text and "dirname" not in text:
        found.itself = True
    elif "__file__" in text:
        found.folder = True
    else:
        found.unknown = True


def _words(node: ast.Constant) -> list[str]:
    return [node.value] if isinstance(node.value, str) and not node.value.startswith("-") else []


def _called_name(node: ast.AST) -> str:
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""


def _is_list(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add)
    return isinstance(node, ast.List | ast.Tuple | ast.Starred | ast.IfExp)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    else:
        yield from (child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))


def _read_variable(name: str, tree: ast.Module, found: Arguments, followed: frozenset[str]) -> None:
    values = list(assigned(name, tree))
    found.unknown |= not values
    for value in values:
        _read(value, tree, found, followed)
