"""Tests that all async code of a run shares one loop, and that other code notices nothing of it."""

import pytest

from tests.event_loop.inner_suite import CONFTEST, InnerSuite

_SHARED = """
    import asyncio
    import pytest

    @pytest.fixture(scope="{scope}")
    async def {scope}_loop():
        return asyncio.get_running_loop()

    @pytest.fixture(scope="{scope}")
    async def {scope}_yielding_loop():
        yield asyncio.get_running_loop()
        asyncio.get_running_loop().torn_down = True
"""


def test_tests_and_fixtures_of_all_scopes_share_one_loop(suite: InnerSuite) -> None:
    """One loop runs the async tests of two modules and a class, and their async fixtures of each scope."""
    for scope in ("session", "package", "module", "class", "function"):
        suite.add_to_conftest(_SHARED.replace("{scope}", scope))
    suite.add_to_conftest("loops = set()")
    test = """
        import asyncio
        from conftest import loops

        async def test_it(
            session_loop, package_loop, module_loop, class_loop, function_loop,
            session_yielding_loop, module_yielding_loop, class_yielding_loop, function_yielding_loop,
        ):
            loops.update([value for name, value in locals().items()], [asyncio.get_running_loop()])
            assert len(loops) == 1

        class TestInClass:
            async def test_method(self, class_loop, class_yielding_loop):
                loops.update([class_loop, class_yielding_loop, asyncio.get_running_loop()])
                assert len(loops) == 1
    """
    suite.run(test_a=test, test_b=test).assert_outcomes(passed=4)


def test_async_tests_need_no_marker_on_any_backend(any_suite: InnerSuite) -> None:
    """Async tests run on the backend that the conftest names, also with markers and warnings strict."""
    result = any_suite.run(
        "--strict-markers",
        "-Werror",
        test_a="""
            import pytest, sniffio

            async def test_plain():
                assert sniffio.current_async_library() in ("asyncio", "trio")

            @pytest.mark.anyio
            async def test_marked():
                pass

            @pytest.mark.parametrize("number", [1, 2])
            async def test_parametrised(number):
                assert number
        """,
    )
    result.assert_outcomes(passed=4)


def test_marker_anyio_is_known(suite: InnerSuite) -> None:
    """Tests with AnyIO's marker run where AnyIO's plugin, which has it, is not in the run."""
    result = suite.run(
        "--strict-markers",
        "-p",
        "no:anyio",
        subprocess=True,
        test_a="""
            import pytest

            @pytest.mark.anyio
            async def test_it():
                pass
        """,
    )
    result.assert_outcomes(passed=1)


def test_session_ends_on_the_loop(any_suite: InnerSuite) -> None:
    """Session-scoped fixtures are torn down on the loop, and a forgotten async generator is closed with it."""
    result = any_suite.run(
        "-s",
        test_a="""
            import pytest, sniffio, anyio

            async def forgotten():
                try:
                    yield
                finally:
                    print("generator closed on", sniffio.current_async_library())

            @pytest.fixture(scope="session")
            async def resource():
                kept = forgotten()
                await kept.__anext__()
                yield kept
                await anyio.sleep(0)
                print("torn down on", sniffio.current_async_library())

            async def test_it(resource):
                pass
        """,
    )
    result.assert_outcomes(passed=1)
    library = "trio" if any_suite.backend == "trio" else "asyncio"
    result.stdout.fnmatch_lines([f"*torn down on {library}", f"*generator closed on {library}"])


def test_the_loop_is_closed(asyncio_suite: InnerSuite) -> None:
    """The loop is open through the last test, and closed when the run ends."""
    asyncio_suite.add_to_conftest("""
        loops = []

        def pytest_unconfigure():
            print("closed:", [loop.is_closed() for loop in loops])
    """)
    result = asyncio_suite.run(
        "-s",
        test_a="""
            import asyncio
            from conftest import loops

            async def test_it():
                loops.append(asyncio.get_running_loop())

            def test_synchronous():
                assert not loops[0].is_closed()
        """,
    )
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["closed: [[]True[]]"])


def test_synchronous_targets_import_and_open_nothing(suite: InnerSuite) -> None:
    """A run without async code imports neither AnyIO nor what makes a loop."""
    result = suite.run(
        "-p",
        "no:anyio",
        "-p",
        "no:xdist",
        subprocess=True,
        test_a="""
            import sys

            def test_it():
                assert not {"anyio", "hermetic_pytest.event_loop.async_run"} & sys.modules.keys()
        """,
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("arguments", [(), ("-p", "no:anyio")], ids=["with AnyIO's plugin", "without"])
def test_conftest_registered_as_a_plugin(pytester: pytest.Pytester, arguments: list[str]) -> None:
    """Handed to pytest.main as a module, the conftest does what it does as a conftest.py."""
    pytester.makepyfile(
        run=f"""
            import importlib.util, sys, pytest
            spec = importlib.util.spec_from_file_location("some_name", {str(CONFTEST)!r})
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            sys.exit(pytest.main(sys.argv[1:], plugins=[module]))
        """,
        test_a="""
            import asyncio, pytest

            @pytest.fixture(scope="session")
            async def loop():
                return asyncio.get_running_loop()

            async def test_it(loop, anyio_backend):
                assert anyio_backend == "asyncio"
                assert loop is asyncio.get_running_loop()

            def test_pytester(pytester, free_tcp_port, free_udp_port, anyio_backend_name, anyio_backend_options):
                assert (anyio_backend_name, anyio_backend_options) == ("asyncio", {})
                assert free_tcp_port > 0 and free_udp_port > 0
        """,
    )
    result = pytester.runpython_c(
        f"import sys, runpy; sys.argv = ['run.py', '-p', 'no:asyncio', *{list(arguments)!r}, 'test_a.py']; "
        "runpy.run_path('run.py', run_name='__main__')"
    )
    result.assert_outcomes(passed=2)


@pytest.mark.parametrize("arguments", [(), ("-p", "no:anyio")], ids=["with AnyIO's plugin", "without"])
def test_rootdir_conftest_of_the_user_wins(suite: InnerSuite, pytester: pytest.Pytester, arguments: list[str]) -> None:
    """The backend of the user's own rootdir conftest holds when the project's conftest is a plugin of the run."""
    (pytester.path / "conftest.py").replace(pytester.path / "projects_conftest.py")
    pytester.makeconftest("""
        import pytest

        @pytest.fixture(scope="session")
        def anyio_backend():
            return "trio"
    """)
    result = suite.run(
        "-p",
        "projects_conftest",
        *arguments,
        subprocess=True,
        test_a="""
            import trio

            async def test_it():
                trio.lowlevel.current_task()
        """,
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("arguments", [(), ("-p", "no:anyio")], ids=["with AnyIO's plugin", "without"])
@pytest.mark.parametrize("option", ["--fixtures", "--fixtures-per-test"])
def test_fixtures_are_listed(suite: InnerSuite, pytester: pytest.Pytester, arguments: list[str], option: str) -> None:
    """Options of pytest that list fixtures know one backend of the conftest's, wherever it stands."""
    (pytester.path / "conftest.py").replace(pytester.path / "projects_conftest.py")
    test = "async def test_it(anyio_backend_name): pass"
    result = suite.run("-p", "projects_conftest", option, *arguments, subprocess=True, test_a=test)
    assert result.ret == 0
    result.stdout.fnmatch_lines(["anyio_backend_name -- *", "*The name of the backend that the test runs on, *"])


def test_conftest_twice_in_a_run(suite: InnerSuite, pytester: pytest.Pytester) -> None:
    """Registered as a plugin where it is also the rootdir's conftest.py, the conftest works as it does once."""
    (pytester.path / "projects_conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    result = suite.run("-p", "projects_conftest", subprocess=True, test_a="async def test_it(): pass")
    result.assert_outcomes(passed=1)


def test_works_with_xdist(suite: InnerSuite) -> None:
    """Each worker of pytest-xdist runs its async tests on one loop of its own."""
    suite.add_to_conftest("loops = set()")
    test = """
        import asyncio, pytest
        from conftest import loops

        @pytest.fixture(scope="session")
        async def loop():
            yield asyncio.get_running_loop()

        @pytest.mark.parametrize("number", range(6))
        async def test_it(number, loop):
            loops.update([loop, asyncio.get_running_loop()])
            assert len(loops) == 1
    """
    suite.run("-n2", subprocess=True, test_a=test, test_b=test).assert_outcomes(passed=12)


def test_synchronous_tests_see_no_running_loop(any_suite: InnerSuite) -> None:
    """A synchronous test between async ones can start a loop by asyncio.run and anyio.run."""
    result = any_suite.run(
        test_a="""
            import asyncio, anyio, pytest, trio

            async def test_before():
                pass

            def test_synchronous():
                asyncio.run(asyncio.sleep(0))
                anyio.run(anyio.sleep, 0)
                trio.run(trio.sleep, 0)

            async def test_after():
                await anyio.sleep(0)
        """,
    )
    result.assert_outcomes(passed=3)


def test_synchronous_code_has_the_current_loop_of_its_fixtures(asyncio_suite: InnerSuite) -> None:
    """As with AnyIO's own plugin, the loop is the current one while a test or fixture on it lives, no longer."""
    asyncio_suite.run(
        test_a="""
            import asyncio
            import pytest

            def current():
                try:
                    return asyncio.get_event_loop()
                except RuntimeError:
                    return None

            @pytest.fixture
            async def loop():
                yield asyncio.get_running_loop()

            async def test_async():
                assert current() is asyncio.get_running_loop()

            def test_synchronous():
                assert current() is None

            def test_synchronous_on_the_loop(loop):
                expected = loop if type(loop).__module__.startswith("asyncio") else None
                assert current() is expected

            def test_synchronous_again():
                assert current() is None

            async def test_async_with_fixture(loop):
                assert current() is loop
        """
    ).assert_outcomes(passed=5)


def test_synchronous_tests_use_async_fixtures(any_suite: InnerSuite) -> None:
    """A synchronous test gets an async fixture's value, first of all or after async tests, by argument or name."""
    result = any_suite.run(
        "-Werror",
        test_a="""
            import pytest

            @pytest.fixture(scope="session")
            async def value():
                yield "shared"

            @pytest.fixture
            async def own(value):
                return value

            def test_synchronous(value, own):
                assert value == own == "shared"

            def test_by_name(request):
                assert request.getfixturevalue("own") == "shared"

            async def test_async(value, own):
                assert value == own == "shared"
        """,
    )
    result.assert_outcomes(passed=3)


def test_one_task_runs_fixtures_and_tests(any_suite: InnerSuite) -> None:
    """A fixture holds open a task group and a time limit around tests; asyncio sees no other task."""
    result = any_suite.run(
        test_a="""
            import asyncio, anyio, pytest, sniffio

            @pytest.fixture(scope="module")
            async def group():
                with anyio.fail_after(60):
                    async with anyio.create_task_group() as group:
                        yield group
                        group.cancel_scope.cancel()

            async def test_group(group):
                sent, received = anyio.create_memory_object_stream(1)
                with sent, received:
                    group.start_soon(sent.send, "hello")
                    assert await received.receive() == "hello"
                assert anyio.current_effective_deadline() < float("inf")
                if sniffio.current_async_library() == "asyncio":
                    assert asyncio.all_tasks() == {asyncio.current_task()}
        """,
    )
    result.assert_outcomes(passed=1)


def test_methods_use_their_instance(suite: InnerSuite) -> None:
    """Async fixtures and tests of a class share its instance, as synchronous ones do."""
    result = suite.run(
        test_a="""
            import pytest

            class TestIt:
                @pytest.fixture(autouse=True)
                async def prepared(self):
                    self.value = 1
                    yield
                    assert self.value == 2

                async def test_it(self):
                    assert self.value == 1
                    self.value = 2
        """,
    )
    result.assert_outcomes(passed=1)


def test_hypothesis_tests(asyncio_suite: InnerSuite) -> None:
    """Every example of an async Hypothesis test runs on the shared loop."""
    result = asyncio_suite.run(
        test_a="""
            import anyio, pytest, sniffio
            from hypothesis import given, settings, strategies

            seen = set()

            @given(strategies.integers())
            @settings(max_examples=5, deadline=None)
            async def test_it(number):
                await anyio.sleep(0)
                seen.add(anyio.lowlevel.current_token())
                assert isinstance(number, int)

            async def test_one_loop():
                assert seen == {anyio.lowlevel.current_token()}
        """,
    )
    result.assert_outcomes(passed=2)


def test_async_failures_read_like_synchronous_ones(suite: InnerSuite) -> None:
    """A failed async test shows its assertion with values, and none of the plugin's own code."""
    result = suite.run(
        test_a="""
            import pytest

            async def test_fails():
                number = 1
                assert number == 2

            async def test_skips():
                pytest.skip("not now")

            @pytest.mark.xfail(strict=True)
            async def test_expected():
                raise ValueError
        """,
    )
    result.assert_outcomes(failed=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["E       assert 1 == 2", "test_a.py:6: AssertionError"])
    result.stdout.no_fnmatch_line("*hermetic_pytest*")


def test_fixture_with_two_yields_is_an_error(any_suite: InnerSuite) -> None:
    """An async generator fixture that yields twice fails in teardown, and is named."""
    result = any_suite.run(
        test_a="""
            import pytest

            @pytest.fixture
            async def twice():
                yield
                yield

            async def test_it(twice):
                pass
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["async fixture 'twice': expected one yield, got a second one."])


def test_getfixturevalue_in_async_code_is_an_error(any_suite: InnerSuite) -> None:
    """Requesting an async fixture while the loop runs fails with advice, and later tests still pass."""
    result = any_suite.run(
        test_a="""
            import pytest

            @pytest.fixture
            async def value():
                return 1

            async def test_requests(request):
                request.getfixturevalue("value")

            async def test_after(value):
                assert value == 1
        """,
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "E *RuntimeError: async fixture 'value': an event loop runs in this thread already, expected none. "
            "In async code, do not request an async fixture by request.getfixturevalue(), but as an argument; "
            "run an inner pytest in a subprocess."
        ]
    )
