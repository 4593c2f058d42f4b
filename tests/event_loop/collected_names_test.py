"""Tests that only what pytest takes for a test is looked at, and that every kind of async test is one."""

import pytest

from tests.event_loop.inner_suite import InnerSuite

_OBJECTS = """
    from unittest.mock import MagicMock, call, sentinel

    class Raising:
        def __getattr__(self, name):
            raise RuntimeError("working outside of a context")

        def __call__(self):
            pass

    class Impostor:
        @property
        def __class__(self):
            raise RuntimeError("not configured")

    class Endless:
        def __getattr__(self, name):
            return self

        def __iter__(self):
            return iter([self])

    class Strict:
        def __getattr__(self, name):
            asked.append(name)
            raise AttributeError(name)

        def __call__(self):
            pass

    asked = []
    objects = dict(
        raising=Raising(), impostor=Impostor(), endless=Endless(), strict=Strict(), anything=MagicMock(),
        a_call=call, a_sentinel=sentinel,
    )
"""
_TESTS = """
    from objects import objects, asked

    vars().update(objects)
    test_double = objects["anything"]

    class TestClass:
        vars().update(objects)

        def test_method(self):
            pass

    def test_asked():
        print("asked:", asked)

    async def test_async():
        pass
"""


def _asked(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "asked:" in line]


def test_names_that_are_no_tests(suite: InnerSuite) -> None:
    """Objects that raise, or make up what they are asked for, are left alone, in modules and in classes."""
    result = suite.run("-s", objects=_OBJECTS, test_a=_TESTS)
    result.assert_outcomes(passed=3, warnings=1)
    bare = suite.run("-s", "--noconftest", "-p", "no:anyio", objects=_OBJECTS, test_a=_TESTS)
    bare.assert_outcomes(passed=2, failed=1, warnings=1)
    assert _asked(result) == _asked(bare) != []


def test_class_and_static_methods(any_suite: InnerSuite) -> None:
    """Async tests that are static methods or class methods run as others do, parametrised and marked ones included."""
    result = any_suite.run(
        test_a="""
            import functools
            import anyio, pytest

            async def twice(number):
                await anyio.sleep(0)
                assert number == 2

            test_partial = functools.partial(twice, 2)

            class TestIt:
                @staticmethod
                async def test_static(anyio_backend):
                    await anyio.sleep(0)

                @pytest.mark.parametrize("number", [1, 2])
                @staticmethod
                async def test_parametrised(number, tmp_path):
                    await anyio.sleep(0)
                    assert number and tmp_path

                @classmethod
                async def test_class(cls):
                    assert cls is TestIt
                    await anyio.sleep(0)

            class TestInherited(TestIt):
                test_class = None
        """,
    )
    result.assert_outcomes(passed=8)


def test_static_methods_have_parametrised_backends(suite: InnerSuite) -> None:
    """A static method runs once for each backend that a module asks for, as any other async test."""
    result = suite.run(
        "-v",
        test_a="""
            import pytest

            @pytest.fixture(params=["asyncio", "trio"])
            def anyio_backend(request):
                return request.param

            class TestIt:
                @staticmethod
                async def test_static(anyio_backend_name):
                    pass
        """,
    )
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*::test_static[[]asyncio[]] PASSED*", "*::test_static[[]trio[]] PASSED*"])


@pytest.mark.parametrize("naming", ["python_functions = check_*", "python_functions = *_check"])
def test_naming_rules_of_the_run(suite: InnerSuite, pytester: pytest.Pytester, naming: str) -> None:
    """What is a test is up to the run's configuration."""
    pytester.makeini(f"[pytest]\n{naming}")
    result = suite.run(
        test_a="""
            async def check_one():
                pass

            async def another_check():
                pass

            async def test_nothing():
                assert False
        """
    )
    result.assert_outcomes(passed=1)
