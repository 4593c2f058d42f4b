"""What the repository's MODULE.bazel says of hermetic_pytest."""

import ast
import pathlib
import re

_EXTENSION = "@hermetic_pytest//testing:extensions.bzl"
_TAG = "packages"

# The end of a canonical repository name; before it, what the module and the extension are called.
_HUB = re.compile(r"[^~+]*$")


def named_packages(workspace: pathlib.Path) -> set[str]:
    """Finds the packages that the tag `hermetic_pytest.packages` names.

    MODULE.bazel is written in a part of Python's grammar, so Python reads it (https://bazel.build/external/module).

    Args:
        workspace: the repository's root.

    Returns:
        The packages as `package_key` writes them; none where the file cannot be read so.
    """
    try:
        tree = ast.parse((workspace / "MODULE.bazel").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return set()
    proxies = {_target(node) for node in tree.body if isinstance(node, ast.Assign) and _uses_extension(node.value)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    tags = [call for call in calls if ast.unparse(call.func) in {f"{proxy}.{_TAG}" for proxy in proxies}]
    return {
        package_key(text.value)
        for tag in tags
        for keyword in tag.keywords
        for text in ast.walk(keyword.value)
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }


def package_key(label: str) -> str:
    """Writes a label of a pip hub so that all spellings are alike.

    Args:
        label: such as `@pypi//pytest`, or `@@rules_python~~pip~pypi//pytest:pytest` as a query has it.

    Returns:
        The hub, the package and the target.
    """
    repository, _, rest = label.lstrip("@").partition("//")
    hub = _HUB.search(repository)
    package, colon, name = rest.partition(":")
    return f"@{hub[0] if hub else ''}//{package}:{name if colon else package.rpartition('/')[2]}"


def _uses_extension(value: ast.expr) -> bool:
    if not isinstance(value, ast.Call) or ast.unparse(value.func) != "use_extension" or not value.args:
        return False
    return isinstance(value.args[0], ast.Constant) and value.args[0].value == _EXTENSION


def _target(node: ast.Assign) -> str:
    return ast.unparse(node.targets[0])
