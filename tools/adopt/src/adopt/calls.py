"""Calls in a file, by the full names of what they call."""

import ast
from collections.abc import Iterator, Mapping

from adopt.guards import branches


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Finds what the file's names stand for.

    Args:
        tree: the file's syntax tree.

    Returns:
        The dotted origin by the name that an import gives it.
    """
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}".strip(".")
    return names


def called(call: ast.Call, names: Mapping[str, str]) -> str | None:
    """Returns the dotted origin of what is called.

    Args:
        call: the call.
        names: what `imported_names` found.

    Returns:
        Such as `pytest.main`; None where it is nothing that was imported.
    """
    parts: list[str] = []
    node = call.func
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in names:
        return None
    return ".".join([names[node.id], *reversed(parts)])


def is_main_guard(node: ast.AST) -> bool:
    """Tells whether a statement is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and branches(node.test).is_guard


def executed(tree: ast.Module) -> Iterator[tuple[ast.AST, bool]]:
    """Walks what running the file executes.

    Args:
        tree: the file's syntax tree.

    Yields:
        The nodes at the top, and those of the file's own functions that are called from there, with whether that is
        below the guard `if __name__ == "__main__"`.
    """
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    pending: list[tuple[ast.AST, bool]] = [(node, False) for node in tree.body]
    entered: set[tuple[str, bool]] = set()
    while pending:
        node, guarded = pending.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        yield node, guarded
        pending += [(child, guarded or is_main_guard(node)) for child in live_children(node)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            name = node.func.id
            if (name, guarded) not in entered:
                entered.add((name, guarded))
                pending += [(statement, guarded) for statement in functions[name].body]


def live_children(node: ast.AST) -> Iterator[ast.AST]:
    """Yields a node's parts, without a branch that a run as a script never enters.

    Args:
        node: the node.

    Yields:
        Its children.
    """
    if not isinstance(node, ast.If | ast.While | ast.IfExp):
        yield from ast.iter_child_nodes(node)
        return
    live = branches(node.test)
    yield node.test
    for part, is_live in ((node.body, live.body), (node.orelse, live.orelse)):
        if is_live:
            yield from part if isinstance(part, list) else [part]
