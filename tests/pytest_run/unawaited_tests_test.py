"""A plain TestCase that never awaits its async tests cannot pass them."""

import pytest
from hermetic_pytest.pytest_run.unawaited_tests import UnawaitedTests

_PLAIN = """
    import unittest

    class PlainTest(unittest.TestCase):
        async def test_async(self): raise AssertionError
        async def test_generator(self): yield
        @unittest.skip("not today")
        async def test_skipped(self): raise AssertionError
        def test_sync(self): pass
"""

_OTHERS = """
    import asyncio, functools, unittest

    class AwaitedTest(unittest.IsolatedAsyncioTestCase):
        async def test_it(self): pass

    class OwnRunTest(unittest.TestCase):
        def run(self, result=None):
            method = getattr(self, self._testMethodName)
            setattr(self, self._testMethodName, lambda: asyncio.run(method()))
            return super().run(result)
        async def test_it(self): pass

    def runs(method):
        @functools.wraps(method)
        def run(self): asyncio.run(method(self))
        return run

    class DecoratedTest(unittest.TestCase):
        @runs
        async def test_it(self): pass
"""


def _run(pytester: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(x_test=text)
    return pytester.runpytest_inprocess("x_test.py", *arguments, plugins=[UnawaitedTests()])


def test_plain(pytester: pytest.Pytester) -> None:
    """Each such test is an error that says what to do; others run."""
    result = _run(pytester, _PLAIN)
    result.assert_outcomes(passed=1, errors=2, skipped=1)
    assert (
        "x_test.py::PlainTest::test_async is an async method of a plain unittest.TestCase, which never awaits it: "
        "nothing of it would run. Derive its class from unittest.IsolatedAsyncioTestCase, or set "
        "allow_unawaited_tests = true in the pytest configuration to let it pass unrun"
    ) in result.stdout.lines


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited", "ignore:It is deprecated to return a value")
def test_setting(pytester: pytest.Pytester) -> None:
    """With the setting it is as without this plugin."""
    setting = "--override-ini=allow_unawaited_tests=true"
    result = _run(pytester, _PLAIN, setting)
    bare = pytester.runpytest_inprocess("x_test.py")
    assert result.parseoutcomes() == bare.parseoutcomes()
    assert "errors" not in bare.parseoutcomes()


def test_others(pytester: pytest.Pytester) -> None:
    """Classes that await, and decorators that make a function of the coroutine, are left alone."""
    _run(pytester, _OTHERS).assert_outcomes(passed=3)


def test_replaced_function(pytester: pytest.Pytester) -> None:
    """What another plugin or a conftest runs is left to it."""
    pytester.makeconftest(
        """
        import asyncio

        def pytest_collection_modifyitems(items):
            for item in items:
                method = item.obj
                item.obj = lambda method=method: asyncio.run(method())
        """
    )
    _run(
        pytester, "import unittest\nclass PlainTest(unittest.TestCase):\n    async def test_it(self): pass"
    ).assert_outcomes(passed=1)
