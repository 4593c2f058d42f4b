"""Tests that a fixture may patch what it wants of asyncio."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

_PATCHED = """
    import asyncio
    import pytest

    # Python itself needs the classes under their names.
    real = {name: getattr(asyncio, name) for name in asyncio.__all__ if name.islower()}

    def refuse(*arguments, **named):
        raise AssertionError("patched")

    @pytest.fixture(scope="{scope}", autouse=True)
    def patched():
        with pytest.MonkeyPatch.context() as patch:
            for name in real:
                patch.setattr(asyncio, name, refuse)
            yield

    @pytest.fixture
    async def resource():
        await real["sleep"](0)
        yield 1
        await real["sleep"](0)

    async def test_patched(resource):
        assert resource == 1
        with pytest.raises(AssertionError, match="patched"):
            asyncio.get_running_loop()
        assert real["get_running_loop"]().is_running()

    async def test_leak():
        task = real["get_running_loop"]().create_task(real["sleep"](60))
        await real["sleep"](0)
        assert not task.done()

    async def test_failing_callback():
        real["get_running_loop"]().call_soon(lambda: 1 / 0)
        await real["sleep"](0)

    async def test_cancelled():
        real["current_task"]().cancel()
        await real["sleep"](0)

    async def test_after():
        await real["sleep"](0)
"""


@pytest.mark.parametrize("scope", ["function", "module"])
def test_all_functions_patched(suite: InnerSuite, scope: str) -> None:
    """With all of asyncio's functions patched, tests, leaks and errors are what they are without."""
    result = suite.run(subprocess=True, test_a=_PATCHED.replace("{scope}", scope))
    result.assert_outcomes(passed=3, failed=2, warnings=1)
    result.stdout.fnmatch_lines(["*LeakedTaskWarning: test test_a.py::test_leak left task*", "*ZeroDivisionError*"])
