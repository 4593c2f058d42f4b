"""What a BUILD file says, before macros make targets of it."""

import ast
import pathlib
from dataclasses import dataclass, field

from adopt.orphans import BUILD_FILES


@dataclass(frozen=True)
class BuildCalls:
    """The calls of a BUILD file that a command can edit.

    Attributes:
        functions: the function called, by the name that the call gives its target.
        loads: where each symbol is loaded from.
    """

    functions: dict[str, str] = field(default_factory=dict)
    loads: dict[str, str] = field(default_factory=dict)


def read_build_calls(workspace: pathlib.Path, package: str) -> BuildCalls:
    """Reads a package's BUILD file.

    BUILD files are written in a part of Python's grammar (https://bazel.build/rules/language), so Python reads them.

    Args:
        workspace: the repository's root.
        package: the package's path.

    Returns:
        Its calls; none where the file cannot be read so. Targets of loops and of macros are not among them.
    """
    for name in BUILD_FILES:
        file = workspace / package / name
        if file.is_file():
            try:
                return _read(ast.parse(file.read_bytes()))
            except (OSError, SyntaxError, ValueError):
                break
    return BuildCalls()


def _read(tree: ast.Module) -> BuildCalls:
    found = BuildCalls()
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            function = ast.unparse(call.func)
            if function == "load":
                found.loads.update(_loaded(call))
            for keyword in call.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    found.functions[str(keyword.value.value)] = function
    return found


def _loaded(call: ast.Call) -> dict[str, str]:
    texts = [str(node.value) for node in call.args if isinstance(node, ast.Constant)]
    renamed = [str(keyword.arg) for keyword in call.keywords]
    return dict.fromkeys([*texts[1:], *renamed], texts[0]) if texts else {}
