"""Makes an error of what would be a pass without having run: an async method of a plain `unittest.TestCase`.

That class calls the method, drops the coroutine that it gets, and is content
(https://docs.python.org/3/library/unittest.html#unittest.IsolatedAsyncioTestCase is the one that awaits).
"""

import inspect
import sys

import pytest

_SETTING = "allow_unawaited_tests"

# The methods by which a subclass can await what a test returns.
_RUNNING = ("__call__", "run", "_callTestMethod")


class UnawaitedTests:
    """A pytest plugin that refuses such tests, unless the setting allows them."""

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Adds the setting."""
        parser.addini(
            _SETTING,
            "whether an async test in a plain unittest.TestCase passes. unittest never awaits such a test. By default, "
            "the test fails.",
            type="bool",
            default=False,
        )

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Looks at a test when all plugins have had a chance to replace its function."""
        if _is_unawaited(item) and not item.config.getini(_SETTING):
            pytest.fail(
                f"{item.nodeid} is an async method of a plain unittest.TestCase, which never awaits it: nothing of it "
                f"would run. Derive its class from unittest.IsolatedAsyncioTestCase, or set {_SETTING} = true in the "
                f"pytest configuration to let it pass unrun",
                pytrace=False,
            )


def _is_unawaited(item: pytest.Item) -> bool:
    # Who has not imported unittest has no such test.
    unittest = sys.modules.get("unittest")
    if unittest is None or not isinstance(item, pytest.Function) or item.cls is None:
        return False
    plain = unittest.TestCase
    if not issubclass(item.cls, plain):
        return False
    is_async = inspect.iscoroutinefunction(item.obj) or inspect.isasyncgenfunction(item.obj)
    return is_async and all(getattr(item.cls, name, None) is getattr(plain, name, None) for name in _RUNNING)
