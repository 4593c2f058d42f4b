"""The public targets of a BUILD file, with the comments above them."""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A target that every package may depend on.

    Attributes:
        name: its name.
        rule: the rule that makes it.
        doc: the comment above it.
        default: the default of a build setting as Starlark has it, "" for other targets.
    """

    name: str
    rule: str
    doc: str
    default: str


def find_targets(build_file: str) -> list[Target]:
    """Finds the targets without a visibility of their own, in a package that is public by default.

    Args:
        build_file: the text of a BUILD file, which is Python, too, as far as its syntax goes.

    Returns:
        The targets, in the file's order.

    Raises:
        ValueError: a public target has no comment.
    """
    lines = build_file.splitlines()
    found = []
    for statement in ast.parse(build_file).body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            attributes = {keyword.arg: ast.unparse(keyword.value) for keyword in statement.value.keywords}
            if "name" in attributes and "visibility" not in attributes:
                found.append(
                    Target(
                        name=ast.literal_eval(attributes["name"]),
                        rule=ast.unparse(statement.value.func),
                        doc=_comment(lines, statement.lineno, attributes["name"]),
                        default=attributes.get("build_setting_default", ""),
                    )
                )
    return found


def _comment(lines: list[str], line: int, name: str) -> str:
    """Returns the comment that ends above a line, which counts from 1."""
    first = line - 1
    while lines[first - 1].startswith("#"):
        first -= 1
    comment = " ".join(text.lstrip("# ") for text in lines[first : line - 1])
    if not comment:
        raise ValueError(f"target {name} is public and has no comment, expected one above it: say there what it is for")
    return comment
