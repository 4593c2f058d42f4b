"""An expression means in --test_filter what it means after pytest's -k."""

import sys

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.keyword_expression import KeywordExpression
from hermetic_pytest.selection.test_filter import Filter

_SUITE = """
    import pytest

    @pytest.mark.slow
    def test_fetch(): pass

    def test_other(): pass
    test_other.network = True

    class TestClient:
        extra_keyword_matches = {"extra"}

        @pytest.mark.parametrize("value", ["and", "x-y"])
        def test_fetch(self, value): pass
"""


@pytest.mark.parametrize(
    "expression",
    [
        "FETCH and not slow",
        "not (client or network)",
        "slow or network",
        "some_test and x-y",
        "test_fetch[and] or other",
        "True or fetch",
        "not not fetch",
    ],
)
def test_same_as_keywords(pytester: pytest.Pytester, expression: str) -> None:
    """The contract with pytest: names, markers and attributes match as -k has it."""
    pytester.makepyfile(some_test=_SUITE)
    options = ("-pno:cacheprovider", "-Wignore", "some_test.py", "-q", "--collect-only")
    by_option = pytester.runpytest_inprocess(*options, "-k", expression)
    by_filter = pytester.runpytest_inprocess(*options, plugins=[Filter(expression)])
    assert by_filter.outlines[:-1] == by_option.outlines[:-1]
    assert any("::" in line for line in by_option.outlines)


def test_another_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pytest that keeps its evaluation elsewhere is named, with what to do."""
    monkeypatch.setitem(sys.modules, "_pytest.mark.expression", None)
    with pytest.raises(LauncherError) as error:
        KeywordExpression("a or b")
    assert str(error.value) == (
        f"--test_filter='a or b' is an expression as for pytest's -k, which pytest {pytest.__version__} has no known "
        "way to evaluate (import of _pytest.mark.expression halted; None in sys.modules), expected the module "
        "_pytest.mark as in pytest 9.2; give the tests' names, or use that pytest"
    )
