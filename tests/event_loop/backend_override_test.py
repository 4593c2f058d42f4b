"""Tests that whoever overrides anyio_backend gets that backend, and everybody else the shared loop."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

_SHARED = """
    import asyncio
    from conftest import loops

    async def test_shared(shared):
        loops.append(asyncio.get_running_loop())
        assert loops[0] is asyncio.get_running_loop() is shared
"""
_CONFTEST = """
    import asyncio
    loops = []

    @pytest.fixture(scope="session")
    async def shared():
        return asyncio.get_running_loop()
"""
_OVERRIDES = {
    "trio": ('"trio"', "trio.lowlevel.current_task()"),
    "uvloop": (
        '("asyncio", {"use_uvloop": True})',
        'assert type(asyncio.get_running_loop()).__module__.startswith("uvloop")',
    ),
    "debug": ('("asyncio", {"debug": True})', "assert asyncio.get_running_loop().get_debug()"),
    "loop_factory": (
        '("asyncio", {"loop_factory": lambda: Loop(selectors.SelectSelector())})',
        "assert type(asyncio.get_running_loop()) is Loop",
    ),
}
_HEAD = """
    import asyncio, selectors
    import pytest, trio

    class Loop(asyncio.SelectorEventLoop):
        pass
"""


@pytest.mark.parametrize("scope", ["session", "module", "class", "function"])
@pytest.mark.parametrize("override", _OVERRIDES)
def test_module_gets_what_it_asks_for(suite: InnerSuite, override: str, scope: str) -> None:
    """A module's own backend or options apply to its tests and fixtures; the shared loop lives on meanwhile."""
    suite.add_to_conftest(_CONFTEST)
    value, check = _OVERRIDES[override]
    module = f"""{_HEAD}
    @pytest.fixture(scope="{scope}")
    def anyio_backend():
        return {value}

    @pytest.fixture(scope="{scope}")
    async def checked():
        {check}
        yield
        {check}

    async def test_own(checked):
        {check}

    class TestOwn:
        async def test_own(self, checked):
            {check}
    """
    suite.run("-Werror", test_a=_SHARED, test_b=module, test_c=_SHARED).assert_outcomes(passed=4)


def test_class_gets_what_it_asks_for(suite: InnerSuite) -> None:
    """A class's own backend applies to the class alone."""
    suite.add_to_conftest(_CONFTEST)
    suite.run(
        "-Werror",
        test_a=_SHARED
        + """
    import pytest, trio

    class TestTrio:
        @pytest.fixture(scope="class")
        @classmethod
        def anyio_backend(cls):
            return "trio"

        async def test_trio(self):
            trio.lowlevel.current_task()

    async def test_shared_again(shared):
        assert asyncio.get_running_loop() is shared
    """,
    ).assert_outcomes(passed=3)


@pytest.mark.parametrize("scope", ["session", "module", "function"])
def test_parametrised_backend(suite: InnerSuite, scope: str) -> None:
    """Each parameter runs on its backend, async fixtures included, which are set up anew for it in any order."""
    suite.add_to_conftest(_CONFTEST)
    module = f"""
    import pytest, sniffio

    PARAMETERS = ["asyncio", "trio", ("asyncio", {{"use_uvloop": True}})]

    @pytest.fixture(scope="{scope}", params=PARAMETERS, ids=["asyncio", "trio", "uvloop"])
    def anyio_backend(request):
        return request.param

    def library():
        name = sniffio.current_async_library()
        if name == "asyncio":
            import asyncio
            name = type(asyncio.get_running_loop()).__module__.partition(".")[0]
        return name

    @pytest.fixture(scope="{scope}", autouse=True)
    async def first():
        yield library()
        library()

    @pytest.fixture(scope="{scope}")
    async def second(first, request):
        assert first == library()
        return library()

    async def test_one(first, second, request):
        assert first == second == library() == request.node.callspec.id

    async def test_two(second, request):
        assert second == library() == request.node.callspec.id
    """
    suite.run("-Werror", test_a=_SHARED, test_b=module, test_c=_SHARED).assert_outcomes(passed=8)


def test_marked_parametrisation(suite: InnerSuite) -> None:
    """A test parametrised with backends by a marker runs on each; asyncio is the shared loop."""
    suite.add_to_conftest(_CONFTEST)
    suite.run(
        "-Werror",
        test_a=_SHARED,
        test_b="""
            import asyncio, pytest, sniffio
            from conftest import loops

            @pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
            async def test_it(anyio_backend):
                assert sniffio.current_async_library() == anyio_backend
                assert anyio_backend == "trio" or asyncio.get_running_loop() is loops[0]
        """,
    ).assert_outcomes(passed=3)


def test_plain_asyncio_is_the_shared_loop(suite: InnerSuite) -> None:
    """Naming asyncio anew, as AnyIO's documentation advises, does not make another loop."""
    suite.add_to_conftest(_CONFTEST)
    module = """
            import asyncio, pytest
            from conftest import loops

            @pytest.fixture
            def anyio_backend():
                return "asyncio"

            async def test_it():
                loops.append(asyncio.get_running_loop())
                assert len(set(loops)) == 1
    """
    suite.run(test_a=module, test_b=_SHARED, test_c=module).assert_outcomes(passed=3)


def test_a_modules_loop_ends_with_it(suite: InnerSuite) -> None:
    """The loop that a module asks for is shared in the module and closed with it; later modules have another."""
    suite.add_to_conftest(_CONFTEST)
    module = """
        import asyncio, pytest
        from conftest import loops

        @pytest.fixture(scope="module")
        def anyio_backend():
            return "asyncio", {"debug": True}

        async def test_one():
            assert all(loop.is_closed() for loop in loops)
            loops.append(asyncio.get_running_loop())

        async def test_two():
            assert loops[-1] is asyncio.get_running_loop()
    """
    suite.run(test_a=module, test_b=module).assert_outcomes(passed=4)


def test_the_closest_request_counts(suite: InnerSuite) -> None:
    """Where a module asks for each test for what the session has, each test has a loop of its own."""
    suite.add_to_conftest("""
        @pytest.fixture(scope="session")
        def anyio_backend():
            return "asyncio", {"debug": True}
    """)
    suite.run(
        test_a="""
            import asyncio, pytest

            loops = []

            class TestOwn:
                @pytest.fixture
                def anyio_backend(self, anyio_backend):
                    return "asyncio", {"debug": True}

                async def test_one(self):
                    loops.append(asyncio.get_running_loop())

                async def test_two(self):
                    assert loops[0].is_closed()
        """
    ).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "3",
            "fixture anyio_backend: got 3, expected the name of a backend or a tuple of the name and its options. "
            'Return for example "asyncio", or ("asyncio", {"use_uvloop": True}).',
        ),
        (
            '"curio"',
            "fixture anyio_backend: got backend 'curio', but No module named 'anyio._backends._curio'. Depend on the "
            'backend\'s package (trio, uvloop), or use "asyncio".',
        ),
    ],
)
def test_unknown_backend(suite: InnerSuite, value: str, message: str) -> None:
    """A backend that AnyIO does not have is an error of each test that asks for it; others pass."""
    suite.add_to_conftest(_CONFTEST)
    result = suite.run(
        test_a=f"""
            import pytest

            @pytest.fixture
            def anyio_backend():
                return {value}

            @pytest.fixture(scope="function")
            async def resource():
                pass

            async def test_one():
                pass

            async def test_two(resource):
                pass

            async def test_three(resource):
                pass
        """,
        test_b=_SHARED,
    )
    result.assert_outcomes(passed=1, failed=1, errors=2)
    assert result.stdout.str().count(message) >= 3


def test_failing_backend_fixture(suite: InnerSuite) -> None:
    """An error in a module's anyio_backend is an error of each of its tests, with the same text."""
    result = suite.run(
        test_a="""
            import pytest

            @pytest.fixture(scope="module")
            def anyio_backend():
                raise ValueError("no backend today")

            @pytest.fixture(scope="module")
            async def resource():
                pass

            async def test_one(resource):
                pass

            async def test_two(resource):
                pass

            def test_synchronous(resource):
                pass
        """,
    )
    result.assert_outcomes(errors=3)
    assert result.stdout.str().count("E       ValueError: no backend today") == 3


def test_two_loops_of_trio(suite: InnerSuite) -> None:
    """While a fixture holds a loop of trio open, a test that needs another one fails with advice."""
    result = suite.run(
        test_a="""
            import pytest

            @pytest.fixture(scope="module")
            def anyio_backend():
                return "trio"

            @pytest.fixture(scope="module")
            async def resource():
                yield

            async def test_one(resource):
                pass

            @pytest.mark.event_loop
            async def test_two(resource):
                pass

            async def test_three(resource):
                pass
        """,
    )
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "E *RuntimeError: test test_a.py::test_two: needs a loop of trio of its own, but a fixture holds another "
            "one open; expected none, since a thread has one such loop at a time. Give the fixture a narrower scope, "
            "or let both use the same loop."
        ]
    )
