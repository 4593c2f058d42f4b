"""What fails in the teardown of a fixture that other tests have used is no failure of the quarantined test alone."""

import pytest

from tests.quarantine.conftest import Target

_SHARED = """
import pytest

@pytest.fixture(scope="{scope}", autouse={autouse})
def database():
    yield
    raise OSError("a test has leaked")

{tests}
"""

_FREE = "def test_first(): pass\n\ndef test_last(): pass\n"
_ONE = "def test_first(): pass\n\ndef test_last(database): pass\n"
_NO_CLASS = "def test_last(database): pass\n\nclass TestIt:\n    def test_first(self): pass\n"
_PLAIN = "def test_first(database): pass\n\ndef test_last(database): pass\n"
_CLASS = "class TestIt:\n    def test_first(self, database): pass\n\n    def test_last(self, database): pass\n"
_UNITTEST = """
import unittest

class TestIt(unittest.TestCase):
    @classmethod
    def tearDownClass(cls): raise OSError("a test has leaked")

    def test_first(self): pass

    def test_last(self): pass
"""


@pytest.mark.parametrize("arguments", [(), ("-n1",)], ids=" ".join)
@pytest.mark.parametrize(
    ("text", "test"),
    [
        (_SHARED.format(scope="session", autouse=False, tests=_PLAIN), "test_last"),
        (_SHARED.format(scope="session", autouse=True, tests=_FREE), "test_last"),
        (_SHARED.format(scope="module", autouse=False, tests=_PLAIN), "test_last"),
        (_SHARED.format(scope="class", autouse=False, tests=_CLASS), "TestIt::test_last"),
        ("def teardown_module(): raise OSError\n\ndef test_first(): pass\n\ndef test_last(): pass\n", "test_last"),
        (_UNITTEST, "TestIt::test_last"),
    ],
    ids=["session", "autouse", "module", "class", "teardown_module", "tearDownClass"],
)
def test_shared(target: Target, text: str, test: str, arguments: tuple[str, ...]) -> None:
    """It fails the target, and the log says why it is not excused."""
    target.write(x_test=text)
    target.quarantine(f"pkg/x_test.py::{test}")
    run = target.run(*arguments)
    assert run.verdict().code == 1
    assert [outcome for _, outcome in run.outcomes()] == ["passed", "error"]
    run.result.stdout.fnmatch_lines(["not excused: tests that are not in quarantine have used the fixture *, too"])


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        (_SHARED.format(scope="function", autouse=False, tests=_PLAIN), ["test_first", "test_last"]),
        (_SHARED.format(scope="module", autouse=False, tests=_PLAIN), ["test_first", "test_last"]),
        (_SHARED.format(scope="session", autouse=False, tests=_ONE), ["test_last"]),
        (_SHARED.format(scope="class", autouse=False, tests=_NO_CLASS), ["test_last"]),
    ],
    ids=["function", "all quarantined", "not used", "no class"],
)
def test_own(target: Target, text: str, tests: list[str]) -> None:
    """It is excused where only quarantined tests have used the fixture."""
    target.write(x_test=text)
    target.quarantine(*(f"pkg/x_test.py::{test}" for test in tests))
    run = target.run()
    assert run.verdict().code == 0, run.result.stdout.str()
    assert "skipped" in [outcome for _, outcome in run.outcomes()]


def test_same_name(target: Target) -> None:
    """A fixture of another file with the same name is another one."""
    text = _SHARED.format(scope="module", autouse=False, tests="def test_last(database): pass\n")
    target.write(x_test=text, y_test=text.replace("raise", "return"))
    target.quarantine("pkg/x_test.py::test_last")
    assert target.run(modules=("y_test", "x_test")).verdict().code == 0


def test_parameters(target: Target) -> None:
    """One that fails when the next test wants it with other parameters fails the target, too."""
    text = _SHARED.replace("autouse={autouse}", "params=[1, 2]").format(
        scope="session", tests="def test_it(database): pass\n"
    )
    target.write(x_test=text)
    target.quarantine("pkg/x_test.py::test_it[2]")
    assert target.run().verdict().code == 1


def test_both(target: Target) -> None:
    """An excused failure of the test before it stays one, in a case of its own."""
    text = _SHARED.format(
        scope="module",
        autouse=False,
        tests=_PLAIN.replace("test_last(database): pass", "test_last(database): assert 0"),
    )
    target.write(x_test=text)
    target.quarantine("pkg/x_test.py::test_last")
    run = target.run()
    assert run.verdict().code == 1
    assert run.outcomes() == [("test_first", "passed"), ("test_last", "skipped"), ("test_last", "error")]
