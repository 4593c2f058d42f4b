"""What running a test's main does: whether it runs tests, which, and whether it tells of failures."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from adopt.calls import called, executed, imported_names, is_main_guard
from adopt.exit_codes import drops
from adopt.guards import branches
from adopt.pytest_arguments import Arguments, read_arguments
from adopt.reachable import reachable_calls

# These return an exit code: https://docs.pytest.org/en/stable/reference/reference.html#pytest-main.
_RETURNING = ("pytest.main", "pytest.console_main", "pytest.cmdline.main", "_pytest.config.main")

# These end the process, and run the tests of the file itself and of what it imports.
_OF_ITSELF = ("unittest.main", "absl.testing.absltest.main", "absltest.main")

# Any other runner, such as pytest_bazel.main or tensorflow.test.main: what it does is not known.
_ENDINGS = ("main", "run", "run_tests", "run_path", "run_module", "call", "check_call", "TextTestRunner")

# Ends the process by a value of the file's own.
_EXITS = ("sys.exit", "os._exit")
_BARE_EXITS = ("exit", "quit", "SystemExit")

_SHOWS = ("print",)


@dataclass(frozen=True)
class Runner:
    """What a main does.

    Attributes:
        runs: whether it calls a runner, or something that may be one.
        has_guard: whether it has an `if __name__ == "__main__"`.
        dead_guard: a condition on `__name__` that is never true, None if there is none.
        uncalled: a function with a call of a runner that nothing calls, None if there is none.
        dropped: the line of a call whose exit code it does not pass on, None if there is none.
        arguments: what pytest is given; None where it is not known which files the runner takes.
        is_own: whether the runner takes the tests of the main itself, and of what that imports, alone.
    """

    runs: bool
    has_guard: bool
    dropped: int | None = None
    arguments: Arguments | None = None
    is_own: bool = False
    dead_guard: str | None = None
    uncalled: str | None = None


def read_runner(tree: ast.Module) -> Runner:
    """Finds out what a main does.

    Args:
        tree: its syntax tree.

    Returns:
        What is known. Where the file does what cannot be followed, it runs tests, for a warning has to be right.
    """
    names = imported_names(tree)
    has_guard = any(is_main_guard(node) for node in tree.body)
    calls = reachable_calls(tree)
    returning = [call for call in calls if called(call, names) in _RETURNING]
    silent = [call for call in calls if called(call, names) in _OF_ITSELF and _keeps_running(call)]
    if returning or silent:
        dropped = drops(tree, returning + silent)
        arguments = read_arguments(returning[0], tree) if len(returning) == 1 else None
        line = None if dropped is None else dropped.lineno
        return Runner(True, has_guard, line, arguments, is_own=not returning)
    if any(called(call, names) in _OF_ITSELF and not _has_module(call) for call in calls):
        return Runner(True, has_guard, is_own=True)
    return Runner(
        any(_may_run(node, guarded, tree, names) for node, guarded in executed(tree)),
        has_guard,
        dead_guard=_dead_guard(tree),
        uncalled=_uncalled(tree, names),
    )


def _dead_guard(tree: ast.Module) -> str | None:
    guards = (node.test for node in ast.walk(tree) if isinstance(node, ast.If) and branches(node.test).dead_name)
    return next((ast.unparse(guard) for guard in guards), None)


def _uncalled(tree: ast.Module, names: Mapping[str, str]) -> str | None:
    """Finds a function that calls a runner, in a file that is known to call none."""
    runners = (*_RETURNING, *_OF_ITSELF)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(called(call, names) in runners for call in calls):
                return function.name
    return None


def _keeps_running(call: ast.Call) -> bool:
    """Tells whether `unittest.main` is told not to end the process."""
    return any(
        keyword.arg == "exit" and isinstance(keyword.value, ast.Constant) and not keyword.value.value
        for keyword in call.keywords
    )


def _has_module(call: ast.Call) -> bool:
    """Tells whether `unittest.main` is told where the tests are."""
    return bool(call.args) or any(keyword.arg in ("module", "argv", None) for keyword in call.keywords)


def _may_run(node: ast.AST, guarded: bool, tree: ast.Module, names: Mapping[str, str]) -> bool:
    if isinstance(node, ast.Assert | ast.Raise):
        return True
    if not isinstance(node, ast.Call):
        return False
    origin = called(node, names)
    if origin is not None and (origin in _EXITS or origin.rpartition(".")[2] in _ENDINGS):
        return True
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name in _BARE_EXITS or _is_test_of(tree, name):
        return True
    return guarded and name not in _SHOWS


def _is_test_of(tree: ast.Module, name: str | None) -> bool:
    """Tells whether a name is a test of the file, which then runs its tests by itself."""
    return name is not None and any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name
        for node in tree.body
        if getattr(node, "name", "").lower().startswith("test")
    )
