"""Tests which context variables a test sees: those of the fixtures it uses, and of no other test."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

_HEAD = """
    import contextvars
    import anyio, pytest

    variable = contextvars.ContextVar("variable", default="unset")
"""


def test_tests_do_not_see_each_others_variables(any_suite: InnerSuite) -> None:
    """A variable that one test sets is not set in the next, async or not."""
    any_suite.run(
        test_a=f"""{_HEAD}
    async def test_one():
        assert variable.get() == "unset"
        variable.set("one")
        await anyio.sleep(0)
        assert variable.get() == "one"

    async def test_two():
        assert variable.get() == "unset"

    def test_synchronous():
        assert variable.get() == "unset"
    """
    ).assert_outcomes(passed=3)


@pytest.mark.parametrize("yields", [True, False], ids=["yield", "return"])
@pytest.mark.parametrize("scope", ["session", "package", "module", "class", "function"])
def test_tests_see_the_variables_of_their_fixtures(any_suite: InnerSuite, scope: str, yields: bool) -> None:
    """Every test that uses a fixture sees what it set, as do fixtures that use it; other tests do not."""
    any_suite.run(
        "-Werror",
        test_a=f"""{_HEAD}
    class Test:
        async def test_before(self):
            assert variable.get() == "unset"

        async def test_uses(self, sets):
            assert variable.get() == "fixture"
            variable.set("test")

        async def test_uses_again(self, sets, sees):
            assert variable.get() == sees == "fixture"

        async def test_uses_by_the_way(self, sees):
            assert variable.get() == sees == "fixture"

        async def test_after(self):
            assert variable.get() == "unset"

    @pytest.fixture(scope="{scope}")
    async def sets():
        variable.set("fixture")
        {"yield" if yields else "return"}

    @pytest.fixture(scope="{scope}")
    async def sees(sets):
        return variable.get()
    """,
    ).assert_outcomes(passed=5)


@pytest.mark.parametrize("scope", ["session", "module", "function"])
def test_fixture_resets_its_variable(any_suite: InnerSuite, scope: str) -> None:
    """A fixture's teardown has the context of its set-up, so that it can use the token that set() returned."""
    any_suite.run(
        test_a=f"""{_HEAD}
    @pytest.fixture(scope="{scope}")
    async def sets():
        token = variable.set("fixture")
        yield
        assert variable.get() == "fixture"
        variable.reset(token)
        assert variable.get() == "unset"

    async def test_one(sets):
        assert variable.get() == "fixture"

    async def test_two(sets):
        assert variable.get() == "fixture"
    """
    ).assert_outcomes(passed=2)


def test_nested_fixtures(any_suite: InnerSuite) -> None:
    """A narrower fixture's value hides a wider one's, for its own tests alone."""
    any_suite.run(
        test_a=f"""{_HEAD}
    @pytest.fixture(scope="session", autouse=True)
    async def wide():
        variable.set("wide")

    @pytest.fixture(scope="module")
    async def narrower():
        assert variable.get() == "wide"
        variable.set("narrower")

    @pytest.fixture
    async def narrow(narrower):
        assert variable.get() == "narrower"
        variable.set("narrow")
        yield
        assert variable.get() == "test"

    async def test_narrow(narrow):
        assert variable.get() == "narrow"
        variable.set("test")

    async def test_narrower(narrower):
        assert variable.get() == "narrower"

    async def test_wide():
        assert variable.get() == "wide"
    """
    ).assert_outcomes(passed=3)


def test_synchronous_fixtures(any_suite: InnerSuite) -> None:
    """An async test sees what synchronous fixtures have set, before and after its first async fixture."""
    any_suite.run(
        test_a=f"""{_HEAD}
    other = contextvars.ContextVar("other", default="unset")

    @pytest.fixture
    def before():
        token = variable.set("before")
        yield
        variable.reset(token)

    @pytest.fixture
    async def between(before):
        assert variable.get() == "before"

    @pytest.fixture
    def after(between):
        token = other.set("after")
        yield
        other.reset(token)

    async def test_uses(after):
        assert (variable.get(), other.get()) == ("before", "after")

    async def test_next():
        assert (variable.get(), other.get()) == ("unset", "unset")
    """
    ).assert_outcomes(passed=2)


def test_late_wide_fixture(any_suite: InnerSuite) -> None:
    """A test sees what a wide fixture has set that was requested by name, after a function-scoped one."""
    any_suite.run(
        test_a=f"""{_HEAD}
    @pytest.fixture(scope="session")
    async def wide():
        variable.set("wide")

    @pytest.fixture
    async def narrow():
        assert variable.get() == "unset"

    @pytest.fixture
    def late(narrow, request):
        request.getfixturevalue("wide")

    async def test_it(late):
        assert variable.get() == "wide"
    """
    ).assert_outcomes(passed=1)


def test_tasks_and_callbacks_inherit(asyncio_suite: InnerSuite) -> None:
    """Tasks, callbacks and threads that a test starts see its variables, and AnyIO knows its library there."""
    asyncio_suite.run(
        test_a=f"""{_HEAD}
    import asyncio

    async def test_it():
        variable.set("test")
        loop = asyncio.get_running_loop()
        seen = []
        loop.call_soon(lambda: seen.append((variable.get(), anyio.get_cancelled_exc_class())))

        async def child():
            return variable.get()

        assert await asyncio.create_task(child()) == "test"
        assert await asyncio.to_thread(variable.get) == "test"
        assert await anyio.to_thread.run_sync(variable.get) == "test"
        assert seen == [("test", asyncio.CancelledError)]
    """
    ).assert_outcomes(passed=1)
