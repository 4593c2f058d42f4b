"""The suites that run both under Bazel and as bare pytest."""

from collections.abc import Mapping
from dataclasses import dataclass

TRIVIAL_TEST = "def test_one():\n    assert True\n"

_ASYNC = "async def test_one():\n    assert True\n"

_PYTESTER = """\
def test_one(pytester):
    pytester.makepyfile("def test_inner():\\n    assert True\\n")
    pytester.{run}().assert_outcomes(passed=1)
"""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A suite.

    Attributes:
        name: the name of its folders, and of its target.
        modules: the test modules' texts by name.
        bare_header: what each module starts with where bare pytest needs more.
        options: pytest's options.
        has_wheels: whether the sixty wheels are installed.
        is_split: whether each module is a target, and a run of bare pytest.
    """

    name: str
    modules: Mapping[str, str]
    bare_header: str = ""
    options: tuple[str, ...] = ()
    has_wheels: bool = False
    is_split: bool = False


def _asserts(tests: int, asserts: int) -> str:
    body = "".join(f"    assert x + {number} == {number}, (x, {number})\n" for number in range(asserts))
    return "\n\n".join(f"def test_{number}():\n    x = 0\n{body}" for number in range(tests))


def _many_tests(modules: int, tests: int) -> dict[str, str]:
    text = "\n\n".join(f"def test_{number}():\n    assert True\n" for number in range(tests))
    return _many_modules(modules, text)


def _many_modules(modules: int, text: str) -> dict[str, str]:
    return {f"part_{number:02}_test.py": text for number in range(modules)}


TRIVIAL = Scenario(name="trivial", modules={"trivial_test.py": TRIVIAL_TEST})

# Bare AnyIO wants the mark; a pytestmark holds for all of a module.
ASYNC = Scenario(
    name="async",
    modules={"async_test.py": _ASYNC},
    bare_header="import pytest\n\npytestmark = pytest.mark.anyio\n\n\n",
)

PYTESTER = Scenario(name="pytester", modules={"pytester_test.py": _PYTESTER.format(run="runpytest_inprocess")})

SUBPROCESS = Scenario(name="subprocess", modules={"subprocess_test.py": _PYTESTER.format(run="runpytest_subprocess")})

WHEELS = Scenario(name="wheels", modules={"wheels_test.py": TRIVIAL_TEST}, has_wheels=True)

ASSERTS = Scenario(name="asserts", modules={"asserts_test.py": _asserts(tests=500, asserts=10)})

COLLECTION = Scenario(name="collection", modules=ASSERTS.modules, options=("--collect-only",))

MANY_TESTS = Scenario(name="many_tests", modules=_many_tests(modules=20, tests=500))

SIXTY_TRIVIAL = Scenario(name="sixty_trivial", modules=_many_modules(60, TRIVIAL_TEST), is_split=True)

SIXTY_ASYNC = Scenario(
    name="sixty_async", modules=_many_modules(60, _ASYNC), bare_header=ASYNC.bare_header, is_split=True
)

TEN_WHEELS = Scenario(name="ten_wheels", modules=_many_modules(10, TRIVIAL_TEST), has_wheels=True, is_split=True)

# The end of the interpreter is left out, which the supervised process spares itself anyway.
ENDS_AT_ONCE = Scenario(
    name="ends_at_once",
    modules={
        "ends_at_once_test.py": "import atexit, os, sys\n\n"
        "atexit.register(lambda: (sys.stdout.flush(), os._exit(0)))\n\n\n" + TRIVIAL_TEST
    },
)

ALL = (
    TRIVIAL,
    ENDS_AT_ONCE,
    ASYNC,
    PYTESTER,
    SUBPROCESS,
    WHEELS,
    ASSERTS,
    COLLECTION,
    MANY_TESTS,
    SIXTY_TRIVIAL,
    SIXTY_ASYNC,
    TEN_WHEELS,
)
