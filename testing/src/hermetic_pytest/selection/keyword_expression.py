"""Evaluates an expression exactly as pytest evaluates that of its option -k."""

import pytest

from hermetic_pytest.errors import LauncherError


class KeywordExpression:
    """One expression."""

    def __init__(self, text: str) -> None:
        """Reads the expression.

        Args:
            text: the expression.

        Raises:
            ValueError: pytest would refuse it; says why.
            LauncherError: this pytest cannot be asked.
        """
        # pytest has no public way to evaluate an expression besides the one in its option.
        try:
            import _pytest.mark.expression as expression
            from _pytest.mark import KeywordMatcher
        except ImportError as error:
            raise _unknown(text, error) from error
        self._matcher = KeywordMatcher.from_item
        try:
            self._expression = expression.Expression.compile(text)
        except SyntaxError as error:
            raise ValueError(f"{error.msg} at column {error.offset}") from error
        # Before 9.0, pytest had an error of its own.
        except getattr(expression, "ParseError", ()) as error:
            raise ValueError(f"{error.message} at column {error.column}") from error
        except (MemoryError, RecursionError) as error:
            raise ValueError("its parentheses are nested too deeply") from error
        # Parameters are for -m, which has the same grammar; -k refuses them when it meets a test.
        if "=" in text:
            raise ValueError("keywords take no parameters")

    def matches(self, item: pytest.Item) -> bool:
        """Tells whether -k would select a test.

        Args:
            item: the test.

        Returns:
            Whether the expression is true of the test's keywords.
        """
        return self._expression.evaluate(self._matcher(item))


def _unknown(text: str, error: ImportError) -> LauncherError:
    return LauncherError(
        f"--test_filter={text!r} is an expression as for pytest's -k, which pytest {pytest.__version__} has no known "
        f"way to evaluate ({error}), expected the module _pytest.mark as in pytest 9.2; give the tests' names, or use "
        "that pytest"
    )
