"""A filter runs the tests that it asks for, and pytest counts the others as deselected."""

import pytest
from hermetic_pytest.selection.test_filter import Filter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_X = """
    import pytest, unittest

    def test_get(): pass

    def test_get_all(): pass

    class TestClient:
        def test_get(self): pass

        @pytest.mark.parametrize("value", ["a b", "a,b", "[", "2*3", "2**3", "and", "1] [2", "ü"])
        def test_put(self, value): pass

    class CaseTest(unittest.TestCase):
        def test_get(self): pass
"""

_Y = "def test_get(): pass\n\ndef test_y(): pass"


def _run(pytester: pytest.Pytester, text: str, *arguments: str) -> tuple[set[str], pytest.RunResult]:
    pytester.makepyfile(x_test=_X, y_test=_Y)
    (pytester.mkdir("sub") / "x_test.py").write_text("def test_sub(): pass\n", encoding="utf-8")
    files = ("x_test.py", "y_test.py", "sub/x_test.py")
    options = ("--import-mode=importlib", *files, *arguments)
    result = pytester.runpytest_inprocess(*options, plugins=[Filter(text)])
    passed, skipped, failed = result.reprec.listoutcomes()  # type: ignore[attr-defined]  # as pytester documents
    assert (skipped, failed) == ([], [])
    return {report.nodeid for report in passed}, result


_VALUES = ("a b", "a,b", "[", "2*3", "2**3", "and", "1] [2", r"\xfc")
_PUTS = {f"x_test.py::TestClient::test_put[{value}]" for value in _VALUES}
_CASE = "x_test.py::CaseTest::test_get"
_GETS = {"x_test.py::test_get", "x_test.py::TestClient::test_get", _CASE, "y_test.py::test_get"}
_SUB = "sub/x_test.py::test_sub"
_ALL = {*_GETS, *_PUTS, _SUB, "x_test.py::test_get_all", "y_test.py::test_y"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x_test.py::TestClient::test_put[a b]", {"x_test.py::TestClient::test_put[a b]"}),
        ("x_test.py::TestClient::test_put[[]", {"x_test.py::TestClient::test_put[[]"}),
        ("x_test.py::TestClient::test_put[2*3]", {"x_test.py::TestClient::test_put[2*3]"}),
        ("test_put[ü] y_test.test_y", {r"x_test.py::TestClient::test_put[\xfc]", "y_test.py::test_y"}),
        (r"x_test.py::TestClient::test_put[\xfc]", {r"x_test.py::TestClient::test_put[\xfc]"}),
        ("test_put[2*3] y_test.test_y", {"x_test.py::TestClient::test_put[2*3]", "y_test.py::test_y"}),
        (
            "test_put[2??3],test_put[a b]",
            {"x_test.py::TestClient::test_put[2**3]", "x_test.py::TestClient::test_put[a b]"},
        ),
        (
            "x_test.py::TestClient::test_put[a,b] test_put[and]",
            {f"x_test.py::TestClient::test_put[{value}]" for value in ("a,b", "and")},
        ),
        ("x_test.py::TestClient::test_put[1] [2]", {"x_test.py::TestClient::test_put[1] [2]"}),
        ("x_test.py::TestClient", {"x_test.py::TestClient::test_get", *_PUTS}),
        ("sub/x_test.py", {_SUB}),
        ("TestClient.test_put", _PUTS),
        ("x_test.TestClient.test_get", {"x_test.py::TestClient::test_get"}),
        ("TestClient.test_get CaseTest.test_get", {"x_test.py::TestClient::test_get", _CASE}),
        ("CaseTest,y_test.test_y", {_CASE, "y_test.py::test_y"}),
        ("y_test", {"y_test.py::test_get", "y_test.py::test_y"}),
        ("sub.x_test", {_SUB}),
        # A single plain word is also part of words, whatever their case; several are not.
        ("get", {*_GETS, "x_test.py::test_get_all"}),
        ("casetest", {_CASE}),
        ("get all", set()),
        ("test_get test_y", {*_GETS, "y_test.py::test_y"}),
        ("*_get", _GETS),
        ("x_test.test_*", {_SUB, "x_test.py::test_get", "x_test.py::test_get_all"}),
        ("test_?", {"y_test.py::test_y"}),
        ("-x_test", {"y_test.py::test_get", "y_test.py::test_y"}),
        ("test_get -TestClient,-y_test.py", {"x_test.py::test_get", _CASE}),
        ("-other", _ALL),
        ("-x_test.py::TestClient::test_put[2*3]", _ALL - {"x_test.py::TestClient::test_put[2*3]"}),
        ("get and not (client or y_test)", {"x_test.py::test_get", "x_test.py::test_get_all", _CASE}),
        ("not x_test", {"y_test.py::test_get", "y_test.py::test_y"}),
        ("x_test.TestClient.test_get|y_test.test_y", {"x_test.py::TestClient::test_get", "y_test.py::test_y"}),
        ("./sub/x_test.py", {_SUB}),
        ("/elsewhere/ws/sub/x_test.py", {_SUB}),
        ("/elsewhere/ws/x_test.py::test_get", {"x_test.py::test_get"}),
        ("/elsewhere/ws/x_test.py::TestClient::test_put[a b]", {"x_test.py::TestClient::test_put[a b]"}),
        ("/elsewhere/ws/z_test.py", set()),
        # The lines: an import, each function and class, a decorator, and one that is in nothing.
        ("y_test.py:1", {"y_test.py::test_get"}),
        ("y_test.py:2", set()),
        ("sub/x_test.py:1:7", {_SUB}),
        ("x_test.py:1", {_SUB}),
        ("./x_test.py:5", {"x_test.py::test_get_all"}),
        ("/elsewhere/ws/x_test.py:7", {"x_test.py::TestClient::test_get", *_PUTS}),
        ("x_test.py:10", _PUTS),
        ("x_test.py:11|x_test.py:3", {*_PUTS, "x_test.py::test_get"}),
        ("x_test.py:14", {_CASE}),
        (
            "x_test -x_test.py:10",
            {"x_test.py::test_get", "x_test.py::test_get_all", "x_test.py::TestClient::test_get", _CASE, _SUB},
        ),
        ("x_test.py:1000", set()),
        ("nothing", set()),
        ("No.thing", set()),
    ],
)
def test_selection(pytester: pytest.Pytester, text: str, expected: set[str]) -> None:
    """Each form of the grammar selects its tests, and the rest counts as deselected."""
    selected, result = _run(pytester, text)
    assert selected == expected
    result.assert_outcomes(passed=len(expected), deselected=len(_ALL) - len(expected))


@pytest.mark.parametrize("text", ["test_get", "get and not other"])
def test_keywords_hold_besides(pytester: pytest.Pytester, text: str) -> None:
    """A user's own -k is not replaced."""
    assert _run(pytester, text, "-k", "client")[0] == {"x_test.py::TestClient::test_get"}


def test_conftest_files_see_all_tests(pytester: pytest.Pytester) -> None:
    """What a conftest file makes of the tests does not change with the filter, as with -k."""
    pytester.makeconftest("def pytest_collection_modifyitems(items): items[:] = items[:1]")
    assert _run(pytester, "test_y")[0] == set()


@given(st.lists(st.text(max_size=8) | st.text("[] ,*?.:/-()", max_size=8), min_size=2, max_size=5))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_collected_id_selects_its_test(pytester: pytest.Pytester, values: list[str]) -> None:
    """Whatever id pytest makes of parameters, it selects its test alone."""
    pytester.makepyfile(
        x_test=f"""
        import pytest

        @pytest.mark.parametrize("value", {values!r})
        def test_a(value): pass
        """
    )
    items, _ = pytester.inline_genitems("x_test.py", "-q")
    for item in items:
        kept = list(items)
        Filter(f"x_test.py::{item.name}").pytest_collection_modifyitems(item.config, kept)
        assert kept == [item]
