"""Tests that other async plugins of a run keep the tests that are theirs."""

from tests.event_loop.inner_suite import InnerSuite

_TESTS = """
    import asyncio, pytest, pytest_asyncio

    def is_ours():
        return asyncio.current_task().get_coro().__qualname__.startswith("LoopTask.")

    async def test_unmarked(request):
        assert is_ours() == (not {auto}) == ("anyio_backend" in request.fixturenames)

    def test_synchronous():
        pass
"""
# Unset, it makes pytest-asyncio warn.
_SETTING = "--override-ini=asyncio_default_fixture_loop_scope=function"
_MARKED = """
    @pytest_asyncio.fixture
    async def theirs():
        yield is_ours()

    @pytest.mark.asyncio
    async def test_asyncio(theirs):
        assert not is_ours() and not theirs

    async def test_unmarked_again():
        assert is_ours() == (not {auto})

    @pytest.mark.asyncio(loop_scope="module")
    class TestClass:
        async def test_asyncio(self, theirs):
            assert not is_ours()
"""


def test_pytest_asyncio_in_strict_mode(suite: InnerSuite) -> None:
    """Tests marked asyncio are pytest-asyncio's, all other async tests run on the shared loop."""
    result = suite.run_with_others("-p", "asyncio", _SETTING, test_a=(_TESTS + _MARKED).replace("{auto}", "False"))
    result.assert_outcomes(passed=5)


def test_pytest_asyncio_in_auto_mode(suite: InnerSuite) -> None:
    """In auto mode, pytest-asyncio has all async tests."""
    tests = _TESTS + _MARKED
    result = suite.run_with_others("--asyncio-mode=auto", _SETTING, test_a=tests.replace("{auto}", "True"))
    result.assert_outcomes(passed=5)


def test_without_pytest_asyncio_its_marker_claims_nothing(suite: InnerSuite) -> None:
    """Where pytest-asyncio is not in the run, tests marked asyncio run like others."""
    suite.run(
        test_a="""
            import pytest

            @pytest.mark.asyncio
            async def test_marked():
                pass
        """
    ).assert_outcomes(passed=1)
