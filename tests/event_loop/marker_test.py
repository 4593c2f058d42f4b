"""Tests that the event_loop marker gives tests and their fixtures the loop that it says."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

_CONFTEST = """
    import asyncio
    loops = {}

    def note(name):
        return loops.setdefault(name, asyncio.get_running_loop())

    @pytest.fixture(scope="session")
    async def session_loop():
        yield asyncio.get_running_loop()

    @pytest.fixture(scope="module")
    async def module_loop():
        yield asyncio.get_running_loop()

    @pytest.fixture(scope="class")
    async def class_loop():
        yield asyncio.get_running_loop()

    @pytest.fixture
    async def function_loop():
        yield asyncio.get_running_loop()
"""
_HEAD = """
    import asyncio, pytest
    from conftest import loops, note
"""


def test_loop_of_a_test(asyncio_suite: InnerSuite) -> None:
    """A marked test and its function-scoped fixtures have their own loop, closed afterwards; others share theirs."""
    asyncio_suite.add_to_conftest(_CONFTEST)
    asyncio_suite.run(
        "--strict-markers",
        "-Werror",
        test_a=f"""{_HEAD}
    async def test_shared(session_loop, module_loop, function_loop):
        assert note("shared") is session_loop is module_loop is function_loop

    @pytest.mark.event_loop(scope="function")
    async def test_own(session_loop, module_loop, function_loop):
        assert note("own") is function_loop
        assert loops["shared"] is session_loop is module_loop is not function_loop

    def test_closed():
        assert loops["own"].is_closed() and not loops["shared"].is_closed()

    @pytest.mark.event_loop
    async def test_default():
        assert asyncio.get_running_loop() not in loops.values()

    @pytest.mark.event_loop("function")
    async def test_positional():
        assert asyncio.get_running_loop() not in loops.values()

    async def test_shared_again(session_loop, function_loop):
        assert note("shared") is asyncio.get_running_loop() is session_loop is function_loop
    """,
    ).assert_outcomes(passed=6)


def test_loop_of_a_class(asyncio_suite: InnerSuite) -> None:
    """The tests of a marked class share a loop with its class- and function-scoped fixtures, not with another class."""
    asyncio_suite.add_to_conftest(_CONFTEST)
    asyncio_suite.run(
        "-Werror",
        test_a=f"""{_HEAD}
    @pytest.mark.event_loop(scope="class")
    class TestOne:
        async def test_one(self, session_loop, module_loop, class_loop, function_loop):
            assert note("one") is class_loop is function_loop
            assert note("one") is not session_loop is module_loop

        async def test_two(self, class_loop):
            assert note("one") is class_loop is asyncio.get_running_loop()

    @pytest.mark.event_loop(scope="class")
    class TestTwo:
        async def test_one(self, class_loop):
            assert class_loop is asyncio.get_running_loop() is not loops["one"]
            assert loops["one"].is_closed()

    class TestThree:
        async def test_shared(self, session_loop, class_loop):
            assert class_loop is session_loop is asyncio.get_running_loop()

        @pytest.mark.event_loop(scope="class")
        async def test_marked(self, session_loop, class_loop):
            assert class_loop is session_loop is not asyncio.get_running_loop()
    """,
    ).assert_outcomes(passed=5)


def test_loop_of_a_module(asyncio_suite: InnerSuite) -> None:
    """The tests of a marked module share a loop with its fixtures; a closer marker counts more."""
    asyncio_suite.add_to_conftest(_CONFTEST)
    module = f"""{_HEAD}
    pytestmark = pytest.mark.event_loop(scope="module")

    async def test_one(session_loop, module_loop, function_loop):
        assert note(__name__) is module_loop is function_loop is asyncio.get_running_loop() is not session_loop
        assert list(loops.values()).count(asyncio.get_running_loop()) == 1

    class TestIt:
        async def test_two(self, module_loop, class_loop):
            assert note(__name__) is module_loop is class_loop is asyncio.get_running_loop()

    @pytest.mark.event_loop(scope="session")
    async def test_three(session_loop, function_loop, module_loop):
        assert asyncio.get_running_loop() is session_loop is function_loop is not module_loop

    @pytest.mark.event_loop(scope="function")
    async def test_four(session_loop, function_loop, module_loop):
        assert asyncio.get_running_loop() is function_loop
        assert asyncio.get_running_loop() not in (session_loop, module_loop)
    """
    asyncio_suite.run("-Werror", test_a=module, test_b=module).assert_outcomes(passed=8)


def test_fixtures_that_outlive_the_markers_loop(suite: InnerSuite) -> None:
    """In a module whose tests each have a loop, wider fixtures are on the session's, whoever asks first."""
    suite.add_to_conftest(_CONFTEST)
    suite.run(
        "-Werror",
        test_a=f"""{_HEAD}
    pytestmark = pytest.mark.event_loop

    async def test_one(session_loop, module_loop, function_loop):
        assert session_loop is module_loop is not asyncio.get_running_loop() is function_loop

    async def test_two(session_loop, module_loop, function_loop):
        assert session_loop is module_loop is not asyncio.get_running_loop() is function_loop
    """,
    ).assert_outcomes(passed=2)


def test_own_loop_of_another_backend(suite: InnerSuite) -> None:
    """A marker and a backend of its own go together: the loop is what anyio_backend says, for what the marker says."""
    suite.add_to_conftest(_CONFTEST)
    suite.run(
        "-Werror",
        test_a=f"""{_HEAD}
    import trio, uvloop

    class TestTrio:
        pytestmark = pytest.mark.event_loop(scope="class")

        @pytest.fixture(scope="module")
        @staticmethod
        def anyio_backend():
            return "trio"

        @pytest.fixture(scope="class")
        @staticmethod
        async def token():
            yield trio.lowlevel.current_trio_token()

        async def test_one(self, token):
            assert token is trio.lowlevel.current_trio_token()

    class TestUvloop:
        pytestmark = pytest.mark.event_loop

        @pytest.fixture(scope="module")
        @staticmethod
        def anyio_backend():
            return "asyncio", {{"use_uvloop": True}}

        async def test_one(self):
            assert isinstance(note("uvloop"), uvloop.Loop)

        async def test_two(self):
            assert isinstance(asyncio.get_running_loop(), uvloop.Loop)
            assert asyncio.get_running_loop() is not loops["uvloop"]
            assert loops["uvloop"].is_closed()
    """,
    ).assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("arguments", "got"),
    [
        ('scope="modul"', "event_loop(scope='modul')"),
        ('scope="package"', "event_loop(scope='package')"),
        ("scope=None", "event_loop(scope=None)"),
        ('"function", "module"', "event_loop('function', 'module')"),
        ('loop_scope="module"', "event_loop(loop_scope='module')"),
    ],
)
def test_unknown_scope(suite: InnerSuite, arguments: str, got: str) -> None:
    """A marker with anything else than one known scope is a usage error that says what is known."""
    result = suite.run(
        test_a=f"""
            import pytest

            @pytest.mark.event_loop({arguments})
            async def test_it():
                pass
        """
    )
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            f"ERROR: test_a.py::test_it: marker {got}: expected one scope of 'function', 'class', 'module', 'session'. "
            'Write for example @pytest.mark.event_loop(scope="module").'
        ]
    )


def test_class_scope_outside_of_a_class(suite: InnerSuite) -> None:
    """A class's loop for a test that is in no class is a usage error that says what else to write."""
    result = suite.run(
        test_a="""
            import pytest

            @pytest.mark.event_loop(scope="class")
            async def test_it():
                pass
        """
    )
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            'ERROR: test_a.py::test_it: marker event_loop(scope="class"), but the test is in no class. '
            'Write scope="function" or scope="module", or move the test into a class.'
        ]
    )


def test_marker_is_listed(suite: InnerSuite) -> None:
    """`pytest --markers` tells of the marker."""
    suite.run("--markers").stdout.fnmatch_lines(['@pytest.mark.event_loop(scope="function"): *'])
