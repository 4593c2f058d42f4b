"""What a file does with the exit code that a call returns."""

import ast

# Calls that do nothing with a value but show it.
_SHOWING = ("print", "repr", "str")


def drops(tree: ast.Module, calls: list[ast.Call]) -> ast.Call | None:
    """Finds a call whose exit code nobody looks at.

    Args:
        tree: the file's syntax tree.
        calls: calls that return an exit code.

    Returns:
        The first call, None if each one's exit code is used. A function that returns the code passes it on to those
        that call it.
    """
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    passed_on: set[str] = set()
    pending = list(calls)
    while pending:
        call = pending.pop(0)
        parent = parents[call]
        if _is_dropped(parent, loaded):
            return call
        if isinstance(parent, ast.Return):
            name = _function_around(parent, parents)
            if name is not None and name not in passed_on:
                passed_on.add(name)
                pending += _calls_of(tree, name)
    return None


def _is_dropped(parent: ast.AST, loaded: set[str]) -> bool:
    if isinstance(parent, ast.Expr):
        return True
    if isinstance(parent, ast.Assign):
        names = [target.id for target in parent.targets if isinstance(target, ast.Name)]
        return names != [] and not any(name in loaded for name in names)
    return isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id in _SHOWING


def _function_around(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str | None:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return node.name
    return None


def _calls_of(tree: ast.Module, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
