"""Which branches of an `if` a file's run as a script enters."""

import ast
from dataclasses import dataclass

_NAME = "__name__"
_MAIN = "__main__"

# True for type checkers alone: https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING.
_NEVER = ("TYPE_CHECKING", "typing.TYPE_CHECKING")


@dataclass(frozen=True)
class Branches:
    """What a condition does.

    Attributes:
        is_guard: whether it asks if the file runs as a script, in the way that is true then.
        body: whether it may be true.
        orelse: whether it may be false.
        dead_name: whether it compares `__name__`, or that in quotes, with what it never is.
    """

    is_guard: bool = False
    body: bool = True
    orelse: bool = True
    dead_name: bool = False


def branches(condition: ast.expr) -> Branches:
    """Judges a condition in a file that runs as a script.

    Args:
        condition: that of an `if` or a `while`.

    Returns:
        What is certain; both branches may be entered where nothing is.
    """
    if isinstance(condition, ast.Constant):
        return Branches(body=bool(condition.value), orelse=not condition.value)
    if ast.unparse(condition) in _NEVER:
        return Branches(body=False)
    if isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not):
        inner = branches(condition.operand)
        return Branches(body=inner.orelse, orelse=inner.body)
    if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
        return _all([branches(value) for value in condition.values])
    return _comparison(condition) if isinstance(condition, ast.Compare) else Branches()


def _all(parts: list[Branches]) -> Branches:
    return Branches(
        is_guard=any(part.is_guard for part in parts),
        body=all(part.body for part in parts),
        orelse=any(part.orelse for part in parts),
        dead_name=any(part.dead_name for part in parts),
    )


def _comparison(condition: ast.Compare) -> Branches:
    """Judges `__name__ == "…"`, `!=` and the like; a `__name__` in quotes is a text as any other."""
    if len(condition.ops) != 1 or not isinstance(condition.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
        return Branches()
    texts = [_text(side) for side in (condition.left, *condition.comparators)]
    if None in texts:
        return Branches()
    same = texts[0] == texts[1]
    if isinstance(condition.ops[0], ast.NotEq | ast.IsNot):
        return Branches(body=not same, orelse=same)
    return Branches(is_guard=same, body=same, orelse=not same, dead_name=not same)


def _text(side: ast.expr) -> str | None:
    if isinstance(side, ast.Name) and side.id == _NAME:
        return _MAIN
    return side.value if isinstance(side, ast.Constant) and isinstance(side.value, str) else None
