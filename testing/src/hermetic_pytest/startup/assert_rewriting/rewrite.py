"""Rewrites the asserts of one module."""

import ast
import warnings

# pytest offers no other way to rewrite a module without importing it; tests/startup/assert_rewriting has the contract.
from _pytest.assertion.rewrite import rewrite_asserts

from hermetic_pytest.startup.assert_rewriting.pyc import format_pyc


def rewrite(source: bytes, name: str) -> bytes | None:
    """Compiles a module with its asserts rewritten.

    Args:
        source: the module's source.
        name: what the module's file is called in messages.

    Returns:
        A .pyc file. None where pytest has something to say of the module, a syntax error or a warning: it does so
        as it imports the module.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(source, name)
            rewrite_asserts(tree, source, name)
            return format_pyc(source, compile(tree, name, "exec", dont_inherit=True))
    except (SyntaxError, ValueError, Warning, RecursionError):
        return None


def rewrite_if_needed(source: bytes, name: str) -> bytes | None:
    """Compiles a module that has bytecode already, where that knows of asserts that are not rewritten.

    Args:
        source: the module's source.
        name: what the module's file is called in messages.

    Returns:
        As `rewrite`; an empty file where the module has no asserts.
    """
    try:
        has_asserts = any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source, name)))
    except (SyntaxError, ValueError, RecursionError):
        return None
    return rewrite(source, name) if has_asserts else b""
