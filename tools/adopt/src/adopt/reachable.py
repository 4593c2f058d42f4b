"""Which of a file's functions a run as a script may come to: each whose name something says that is itself run."""

import ast
from collections.abc import Iterator

from adopt.calls import live_children

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)

# These call any function by a name that is not in the file.
_BY_NAME = frozenset({"globals", "locals", "vars", "eval", "exec"})


def reachable_calls(tree: ast.Module) -> list[ast.Call]:
    """Finds the calls that a run may make.

    Args:
        tree: the file's syntax tree.

    Returns:
        The calls. A function counts as run where its name is said, be it handed to another one, or a decorator has it:
        a warning that it is not run has to be right.
    """
    definitions: dict[str, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, _DEFINITIONS):
            definitions.setdefault(node.name, []).append(node)
    calls: list[ast.Call] = []
    entered: set[ast.AST] = set()
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        for name in _names(node):
            found = (
                [each for group in definitions.values() for each in group]
                if name in _BY_NAME
                else definitions.get(name)
            )
            for definition in set(found or ()) - entered:
                entered.add(definition)
                pending += _inside(definition)
        if isinstance(node, ast.Call):
            calls.append(node)
        pending += _at_definition(node) if isinstance(node, _DEFINITIONS) else _parts(node)
    return calls


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    for child in live_children(node):
        # A docstring calls nothing, and neither does what `__name__` is compared with.
        is_text = isinstance(child, ast.Constant) and isinstance(node, ast.Expr | ast.Compare)
        if not is_text:
            yield child


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _at_definition(node: ast.AST) -> Iterator[ast.AST]:
    """Yields what a definition runs: decorators, which may call what they get, defaults, and a class's statements."""
    assert isinstance(node, _DEFINITIONS)
    yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from (part for part in node.body if not isinstance(part, _FUNCTIONS))
        return
    yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default is not None)
    if node.decorator_list and not node.name.startswith("test"):
        yield from node.body


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Yields what a name leads to: a function's statements, or those of all of a class's methods."""
    assert isinstance(node, _DEFINITIONS)
    for part in node.body:
        if isinstance(node, ast.ClassDef) and isinstance(part, _FUNCTIONS):
            yield from part.body
        else:
            yield part
