"""A rewritten module does what pytest's own rewriting makes of it; this is the contract with pytest's internals."""

import ast
import marshal
import re
from typing import Any

import pytest
from _pytest.assertion.rewrite import rewrite_asserts
from hermetic_pytest.startup.assert_rewriting.rewrite import rewrite, rewrite_if_needed


def _run(pyc: bytes | None) -> dict[str, Any]:
    assert pyc is not None
    names: dict[str, Any] = {}
    exec(marshal.loads(pyc[16:]), names)
    return names


def test_asserts_tell_their_values() -> None:
    """A failed assert tells what pytest tells."""
    module = _run(rewrite(b"def check(left, right):\n    assert left == right, 'message'\n", "pkg/module.py"))
    with pytest.raises(AssertionError, match=re.escape("message\nassert 1 == 2")):
        module["check"](1, 2)


def test_same_code_as_pytest() -> None:
    """The code is what pytest compiles the module to."""
    source = b"def check(left, *rest):\n    assert all(left > one for one in rest)\n    assert (lambda: rest)()\n"
    tree = ast.parse(source)
    rewrite_asserts(tree, source, "module.py")
    pyc = rewrite(source, "module.py")
    assert pyc is not None
    assert marshal.loads(pyc[16:]) == compile(tree, "module.py", "exec", dont_inherit=True)


def test_module_that_forbids_it() -> None:
    """A module whose docstring forbids rewriting stays as it is."""
    module = _run(rewrite(b'"""PYTEST_DONT_REWRITE"""\ndef check(left):\n    assert left == 2\n', "module.py"))
    with pytest.raises(AssertionError) as raised:
        module["check"](1)
    assert str(raised.value) == ""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"def (:\n", id="syntax error"),
        pytest.param(b"# coding: none\n", id="unknown encoding"),
        pytest.param(b"x = '\\d'\n", id="warning of Python"),
        pytest.param(b"assert (1, 'always true')\n", id="warning of pytest"),
        pytest.param(b"x = 1\x00\n", id="null byte"),
    ],
)
@pytest.mark.parametrize("function", [rewrite, rewrite_if_needed])
def test_left_to_pytest(function: Any, source: bytes) -> None:
    """What there is something to say of is left to pytest, which says it in the run."""
    assert function(source, "module.py") in (None, b"")
    assert rewrite(source, "module.py") is None


def test_module_without_asserts() -> None:
    """A distribution's module without asserts keeps the bytecode that it has."""
    assert rewrite_if_needed(b"def assert_equal(): pass\n", "module.py") == b""
    assert rewrite_if_needed(b"def check():\n    assert 1\n", "module.py") == rewrite(
        b"def check():\n    assert 1\n", "module.py"
    )
