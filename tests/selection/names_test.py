"""A name in a filter matches the tests whose full names have it as a part."""

import pytest
from hermetic_pytest.selection.test_names import ItemName, NamePattern
from hypothesis import given
from hypothesis import strategies as st

_TEST = ItemName("pkg/sub/x_test.py", ("TestA", "TestInner", "test_b"), "[1, 2]")


@pytest.mark.parametrize(
    "pattern",
    [
        "pkg/sub/x_test.py::TestA::TestInner::test_b[1, 2]",
        "sub/x_test.py::TestA::TestInner::test_b",
        "x_test.py::TestA",
        "x_test.py",
        "pkg/sub",
        "TestA::TestInner",
        "pkg.sub.x_test.TestA.TestInner.test_b[1, 2]",
        "x_test.TestA.TestInner.test_b",
        "TestInner.test_b[1, 2]",
        "TestInner.test_b",
        "test_b[1, 2]",
        "test_b",
        "TestA",
        "x_test",
        "sub",
        "Test*.test_b",
        "x_test.py::*::test_?",
        "test_b[1*]",
        "test_b[?, 2]",
        "*",
        "x_*.TestA",
    ],
)
def test_matches(pattern: str) -> None:
    """Any run of whole components matches, with or without parameters, and so does a glob."""
    assert _TEST.matches(NamePattern(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "est_b",
        "test_",
        "Test",
        "a.TestA",
        "_test.py::TestA",
        "bsub/x_test.py",
        "TestA.test_b",
        "TestA::test_b",
        "test_b[1]",
        "test_b[1, 2",
        "test_b[]",
        "TestA[1, 2]",
        "TestInner[1, 2].test_b",
        "test_b.",
        "TEST_B",
        "test_?b",
        "test.b",
        "[1, 2]",
        "",
        ".",
        "/",
        "::",
    ],
)
def test_does_not_match(pattern: str) -> None:
    """Parts of components, gaps, other parameters and other cases do not match."""
    assert not _TEST.matches(NamePattern(pattern))


def test_parameters_are_no_components() -> None:
    """What is in brackets is not taken for a name."""
    test = ItemName("x_test.py", ("test_a",), "[pkg.TestB::test_c/d.py]")
    for pattern in ("TestB", "test_c", "d", "d.py]", "TestB::test_c"):
        assert not test.matches(NamePattern(pattern))


_PARAMETERS = st.text(max_size=12) | st.text(alphabet="[] ,*?.:/-()", max_size=12)


@given(_PARAMETERS, _PARAMETERS)
def test_full_names_are_exact(one: str, other: str) -> None:
    """A full node id, with or without leading folders, and a dotted name name this test alone."""
    test, another = (ItemName("pkg/x_test.py", ("TestA", "test_b"), f"[{text}]") for text in (one, other))
    for base in ("pkg/x_test.py::TestA::test_b", "x_test.py::TestA::test_b", "x_test.TestA.test_b", "test_b"):
        assert test.is_called(f"{base}[{one}]")
        assert another.is_called(f"{base}[{one}]") == (one == other)


@pytest.mark.parametrize(
    "text", ["b[1]", "A::b[1]", "x_test.py::TestA::test_b", "[1]", "1]", "kg/x_test.py::TestA::test_b[1]"]
)
def test_is_not_called(text: str) -> None:
    """Neither a part of a component nor what lacks the parameters is the test's name."""
    assert not ItemName("pkg/x_test.py", ("TestA", "test_b"), "[1]").is_called(text)
