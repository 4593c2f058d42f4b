"""A filter in JSON runs the tests that it names for a target, whatever their ids, and never too few."""

import json

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.exact_tests import ExactTests, is_exact

_VALUES = [
    "a b",
    "a,b",
    "[",
    "]",
    "1] [2",
    "it's",
    '"q"',
    "x::y",
    "a/b",
    "$HOME `x`",
    "\\\\d",
    "*",
    "(and) or",
    "-x",
    "{}",
    "",
]

_X = f"""
import pytest

from base import Base

@pytest.mark.parametrize("value", {_VALUES!r})
def test_ids(value): pass

class TestA(Base):
    class TestB:
        def test_plain(self): pass
        def test_plain_too(self): pass
"""


def _id(value: str) -> str:
    # pytest writes two backslashes for one.
    return f"x_test.py::test_ids[{value}]".replace("\\", "\\\\")


def _run(pytester: pytest.Pytester, text: str, label: str = "//:x_test") -> tuple[set[str], pytest.RunResult]:
    pytester.makepyfile(x_test=_X, base="class Base:\n    def test_inherited(self): pass\n")
    result = pytester.runpytest_inprocess("--import-mode=importlib", "x_test.py", plugins=[ExactTests(label, text)])
    passed, skipped, failed = result.reprec.listoutcomes()  # type: ignore[attr-defined]  # as pytester documents
    assert (skipped, failed) == ([], [])
    return {report.nodeid for report in passed}, result


@pytest.fixture(autouse=True)
def base_module(pytester: pytest.Pytester) -> None:
    """Tests inherit from a module beside theirs."""
    pytester.syspathinsert()


@pytest.mark.parametrize("value", _VALUES)
def test_one_id(value: str, pytester: pytest.Pytester) -> None:
    """An id stands for itself, whatever characters it has."""
    test = _id(value)
    assert _run(pytester, json.dumps({"//:x_test": [test]}))[0] == {test}


def test_several_ids(pytester: pytest.Pytester) -> None:
    """All that are named run, and no other whose name begins in the same way."""
    tests = {_id(value) for value in _VALUES[::2]} | {"x_test.py::TestA::TestB::test_plain"}
    assert _run(pytester, json.dumps({"//:x_test": sorted(tests)}))[0] == tests


def test_name_in_report(pytester: pytest.Pytester) -> None:
    """A test whose function is in another file is called by its class and name, as test.xml has them."""
    found = _run(pytester, json.dumps({"//:x_test": ["x_test.TestA::test_inherited"]}))[0]
    assert found == {"x_test.py::TestA::test_inherited"}


def test_whole_target(pytester: pytest.Pytester) -> None:
    """Null stands for all tests."""
    assert len(_run(pytester, '{"//:x_test": null}')[0]) == len(_VALUES) + 3


def test_other_target(pytester: pytest.Pytester) -> None:
    """A target that is not named runs nothing."""
    assert _run(pytester, '{"//:x_test": null}', "//:y_test")[0] == set()


def test_gone(pytester: pytest.Pytester) -> None:
    """If a test is not there any more, all run, and the log says why."""
    passed, result = _run(pytester, '{"//:x_test": ["x_test.py::test_old", "x_test.py::TestA::TestB::test_plain"]}')
    assert len(passed) == len(_VALUES) + 3
    result.stdout.fnmatch_lines(
        "hermetic_pytest: all tests of //:x_test run, for these are not there any more: [[]'x_test.py::test_old']"
    )


def test_control_characters(pytester: pytest.Pytester) -> None:
    """What XML cannot hold is found by the way in which pytest's report spells it."""
    pytester.makepyfile(
        y_test='import pytest\n@pytest.mark.parametrize("v", [1, 2], ids=["\\x1b", "b"])\ndef test(v): pass'
    )
    pytester.makeini("[pytest]\ndisable_test_id_escaping_and_forfeit_all_rights_to_community_support = true")
    plugin = ExactTests("//:y_test", '{"//:y_test": ["y_test.py::test[#x1B]"]}')
    pytester.runpytest_inprocess("y_test.py", plugins=[plugin]).assert_outcomes(passed=1, deselected=1)


def test_is_exact() -> None:
    """Only what starts with a brace is JSON."""
    assert [is_exact(text) for text in ('{"//:x": null}', ' {"a": []}', "test_a", "[x]")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"//:x', "Unterminated string starting at: line 1 column 2 (char 1)"),
        ('{"//:x": 1}', "//:x has 1"),
        ('{"//:x": ["a", null]}', '//:x has ["a", null]'),
    ],
)
def test_malformed(text: str, reason: str) -> None:
    """What is no such object is an error that says what is wrong."""
    with pytest.raises(LauncherError) as error:
        ExactTests("//:x", text)
    assert str(error.value) == (
        f"--test_filter={text!r} (TESTBRIDGE_TEST_ONLY) is malformed: {reason}; expected a JSON object of lists of "
        "test ids by label, or null for all tests of a target, such as "
        '{"//pkg:x_test": ["pkg/x_test.py::test_a"]}; correct it, or give names of tests'
    )
