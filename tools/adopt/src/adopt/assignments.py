"""The values of a file's variables."""

import ast
from collections.abc import Iterator

# A list that is built by methods.
_METHODS = ("append", "extend", "insert")


def assigned(name: str, tree: ast.Module) -> Iterator[ast.AST]:
    """Finds all that a variable is ever given, whatever the order.

    Args:
        name: the variable.
        tree: the file's syntax tree.

    Yields:
        The expressions, also those that a list gets by its methods.
    """
    methods = [f"{name}.{method}" for method in _METHODS]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == name for target in node.targets):
            yield node.value
        elif isinstance(node, ast.AugAssign | ast.AnnAssign) and ast.unparse(node.target) == name:
            yield node.value or ast.Constant("")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in methods:
            yield from node.args
