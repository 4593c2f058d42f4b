"""Tests that other async plugins of a run keep the tests that are theirs."""

import textwrap

import pytest

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


def test_fixtures_of_pytest_asyncio_for_other_tests(suite: InnerSuite) -> None:
    """A test that pytest-asyncio does not run has the plugin's async fixtures on its own loop."""
    tests = """
        import asyncio, pytest_asyncio

        @pytest_asyncio.fixture
        async def client():
            loop = asyncio.get_running_loop()
            yield loop
            assert asyncio.get_running_loop() is loop

        async def test_unmarked(client):
            assert asyncio.get_running_loop() is client
    """
    suite.run_with_others("-p", "asyncio", _SETTING, test_a=tests).assert_outcomes(passed=1)


def test_pytest_asyncio_in_auto_mode(suite: InnerSuite) -> None:
    """In auto mode, pytest-asyncio has all async tests."""
    tests = _TESTS + _MARKED
    result = suite.run_with_others("--asyncio-mode=auto", _SETTING, test_a=tests.replace("{auto}", "True"))
    result.assert_outcomes(passed=5)


def test_pytest_asyncio_by_its_module(suite: InnerSuite) -> None:
    """Loaded by its module's name, pytest-asyncio has what is its own, too."""
    tests = (_TESTS + _MARKED).replace("{auto}", "False")
    plugin = ("-p", "pytest_asyncio.plugin")
    suite.run(*plugin, _SETTING, subprocess=True, test_a=tests).assert_outcomes(passed=5)


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


# Registered before the conftest, so that pluggy would call it after plugins of the conftest's.
_RUNNER = """
    import asyncio, inspect

    def pytest_fixture_setup(fixturedef, request):
        function = fixturedef.func
        if inspect.iscoroutinefunction(function):
            fixturedef.func = lambda **kwargs: asyncio.run(function(**kwargs))

    def pytest_pyfunc_call(pyfuncitem):
        if inspect.iscoroutinefunction(pyfuncitem.obj) {condition}:
            pyfuncitem.obj.__globals__["runs"].append(pyfuncitem.name)
            asyncio.run(pyfuncitem.obj(**pyfuncitem.funcargs))
            return True
"""
_THEIRS = """
    import asyncio
    import pytest

    runs = []

    @pytest.fixture
    async def value():
        return asyncio.current_task().get_coro().__qualname__

    async def test_a(value):
        assert value == "value"

    class TestClass:
        @pytest.mark.parametrize("number", [1, 2])
        async def test_method(self, number, value):
            assert value == "value"

    def test_who():
        assert runs == ["test_a", "test_method[1]", "test_method[2]"]
"""


def test_plugin_that_nobody_knows(suite: InnerSuite, pytester: pytest.Pytester) -> None:
    """A plugin that runs async tests and fixtures has them, wherever it stands in the order of plugins."""
    pytester.makepyfile(runner_plugin=_RUNNER.replace("{condition}", ""))
    suite.run("-p", "runner_plugin", subprocess=True, test_a=_THEIRS).assert_outcomes(passed=4)


@pytest.mark.parametrize("option", ["", "tryfirst=True", "trylast=False"])
def test_conftest_that_runs_tests(suite: InnerSuite, option: str) -> None:
    """A conftest that runs coroutines has them."""
    runner = _RUNNER.replace("{condition}", "").replace(
        "    def pytest", f"    @pytest.hookimpl({option})\n    def pytest"
    )
    suite.add_to_conftest(runner)
    suite.run(test_a=_THEIRS).assert_outcomes(passed=4)


def test_conftest_that_makes_tests_synchronous(any_suite: InnerSuite) -> None:
    """A conftest that has another function called in the test's place, and leaves that to pytest, has it called."""
    any_suite.add_to_conftest("""
        import asyncio, inspect

        @pytest.hookimpl(tryfirst=True)
        def pytest_pyfunc_call(pyfuncitem):
            function = pyfuncitem.obj
            if inspect.iscoroutinefunction(function):
                pyfuncitem.obj = lambda **kwargs: asyncio.run(function(**kwargs))
    """)
    any_suite.run(
        test_a="""
            import asyncio

            async def test_it():
                assert asyncio.current_task().get_coro().__qualname__ == "test_it"
        """
    ).assert_outcomes(passed=1)


_PICKED = """
    import asyncio, pytest

    runs = []

    @pytest.fixture(params=[("asyncio", {"use_uvloop": True})], ids=["uvloop"])
    def anyio_backend(request):
        return request.param

    async def test_theirs():
        pass

    @pytest.mark.anyio
    async def test_marked():
        assert runs == ["test_theirs"]
        assert type(asyncio.get_running_loop()).__module__.startswith("uvloop")

    class TestClass:
        @pytest.fixture
        def anyio_backend(self):
            return ("asyncio", {"debug": True})

        async def test_left(self):
            assert asyncio.get_running_loop().get_debug()
"""


def test_tests_that_a_runner_leaves(suite: InnerSuite, pytester: pytest.Pytester) -> None:
    """What a runner leaves runs on the backend of its class or module; AnyIO's marker gives it one for each backend."""
    pytester.makepyfile(runner_plugin=_RUNNER.replace("{condition}", 'and pyfuncitem.name == "test_theirs"'))
    result = suite.run("-p", "runner_plugin", "-v", subprocess=True, test_a=_PICKED)
    result.stdout.fnmatch_lines(
        ["*::test_theirs PASSED*", "*::test_marked[[]uvloop[]] PASSED*", "*::test_left PASSED*"]
    )


def test_runner_of_another_folder(suite: InnerSuite, pytester: pytest.Pytester) -> None:
    """A conftest's runner is none for the tests of other folders."""
    pytester.mkdir("theirs").joinpath("conftest.py").write_text(textwrap.dedent(_RUNNER.replace("{condition}", "")))
    pytester.path.joinpath("theirs", "test_a.py").write_text(textwrap.dedent(_THEIRS))
    test = """
        async def test_it(request):
            assert "anyio_backend" in request.fixturenames
    """
    suite.run("theirs", test_b=test).assert_outcomes(passed=5)
