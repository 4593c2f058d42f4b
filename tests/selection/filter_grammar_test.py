"""A filter is read as its grammar says, or refused with words that help."""

import contextlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.filter_grammar import ParsedFilter, parse_filter
from hermetic_pytest.selection.test_filter import Filter
from hypothesis import example, given
from hypothesis import strategies as st

_EXPECTED = (
    "expected names of tests separated by spaces, commas or '|', such as x_test.py::TestA::test_b, "
    "x_test.TestA.test_b, TestA, test_*, x_test.py:15 for the test around a line, or -test_c to leave one out, or one "
    "expression as for pytest's -k; "
)


@pytest.mark.parametrize("text", ["a.b c.d", "a.b,c.d", " a.b ,\tc.d, ", "a.b|c.d", "a.b | c.d"])
def test_names(text: str) -> None:
    """Spaces, commas and `|` separate names, and there may be several of them."""
    assert parse_filter(text) == ParsedFilter(names=("a.b", "c.d"))


def test_brackets_hold_separators() -> None:
    """What is in brackets belongs to the name before them."""
    text = "x_test.py::a[b c,(d|e) and [f]] g"
    assert parse_filter(text) == ParsedFilter(names=("x_test.py::a[b c,(d|e) and [f]]", "g"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("./p/x_test.py", ("p/x_test.py",)),
        ("././x.py::a[1] ./y.py:3", ("x.py::a[1]", "y.py:3")),
        ("pkg/ .", None),
        ("pkg/", ("pkg",)),
        ("x_test.py:15:3", ("x_test.py:15",)),
        ("/ws/p/x_test.py:15", ("/ws/p/x_test.py:15",)),
    ],
)
def test_tidied(text: str, names: tuple[str, ...] | None) -> None:
    """What says nothing is left out: "./" in front, "/" after a folder, a column."""
    if names is None:
        with pytest.raises(LauncherError):
            parse_filter(text)
    else:
        assert parse_filter(text).names == names


def test_whole_with_a_part_that_is_no_name() -> None:
    """One parametrised test's name is not refused for what is between its brackets."""
    text = "TestA.test_b[1] [2]"
    assert parse_filter(text) == ParsedFilter(whole=text, names=(text,))


def test_whole() -> None:
    """What may be one name is kept whole, besides being read as a list."""
    text = " x.py::a[b] x.py::c[d] "
    assert parse_filter(text) == ParsedFilter(whole=text.strip(), names=("x.py::a[b]", "x.py::c[d]"))


@pytest.mark.parametrize(
    "text",
    [
        "p/x_test.py::a[[]",
        "x.py::A::b[]]",
        "x.py::a[b]c]",
        "x.py::a[\n] ,[]]",
        "x.py::a[1] - [2]",
        "x.py::a[1] and [2]",
        "x.py::a[1] ( [2]",
    ],
)
def test_node_id_with_any_parameters(text: str) -> None:
    """What is no list, but a node id, is one, whatever its parameters."""
    assert parse_filter(text) == ParsedFilter(whole=text, names=(text,))


def test_excluded() -> None:
    """A leading "-" leaves out what follows."""
    assert parse_filter("a -b.c,-d*") == ParsedFilter(names=("a",), excluded=("b.c", "d*"))


@pytest.mark.parametrize(
    "text", ["a and b", "not a", "(a)", "(a or b) and not c[1 2]", "(x.py::a[1]) or b[2]", "a(b=1)"]
)
def test_expression(text: str) -> None:
    """An operator or a parenthesis makes an expression of the whole filter."""
    assert parse_filter(f" {text} ").keywords == text
    assert parse_filter(text).names == ()


@pytest.mark.parametrize("text", ["android", "notify.order", "a[x and y]", "a[(]"])
def test_operators_are_whole_words(text: str) -> None:
    """Neither a word that begins like an operator, nor what is in brackets, makes an expression."""
    assert parse_filter(text).names == (text,)


@pytest.mark.parametrize(("text", "keywords"), [("fetch", "fetch"), ("a.b", None), ("a b", None), ("-a", None)])
def test_plain_word(text: str, keywords: str | None) -> None:
    """A single plain word is a keyword besides."""
    assert parse_filter(text).keywords == keywords


@pytest.mark.parametrize(
    ("text", "reason", "fix"),
    [
        (" , ", "it has no name", "give one, or drop the flag to run all tests"),
        (
            "test_a[1",
            "a '[' has no ']' after it",
            "close each bracket, or give such a test's node id as x_test.py::test[...]",
        ),
        (
            "test_a[[]",
            "a '[' has no ']' after it",
            "close each bracket, or give such a test's node id as x_test.py::test[...]",
        ),
        (
            "a] b[",
            "a ']' has no '[' before it",
            "close each bracket, or give such a test's node id as x_test.py::test[...]",
        ),
        (
            "-x.py::a[[]",
            "a '[' has no ']' after it",
            "close each bracket, or give such a test's node id as x_test.py::test[...]",
        ),
        ("a - b", "a '-' has no name after it", "put the name to leave out right after one '-'"),
        ("--a", "a '-' has no name after it", "put the name to leave out right after one '-'"),
        ("a..b", "'a..b' has an empty part, or '..'", "write each part of the name"),
        ("a x_test.py::", "'x_test.py::' has an empty part, or '..'", "write each part of the name"),
        ("-test_b.", "'test_b.' has an empty part, or '..'", "write each part of the name"),
        ("../x_test.py", "'../x_test.py' has an empty part, or '..'", "write each part of the name"),
        ("/", "'/' has an empty part, or '..'", "write each part of the name"),
        ("[1]", "'[1]' has an empty part, or '..'", "write each part of the name"),
        ("TestA[1].test_b", "'TestA[1].test_b' goes on after its parameters", "end the name with the last ']'"),
        ("x_test.py:0", "'x_test.py:0' has the line 0", "count lines from 1"),
        ("x_test:15", "'x_test:15' has a single ':'", "write x_test.py::TestA::test_b, or x_test.py:15 for a line"),
        (
            "x_test.py:TestA",
            "'x_test.py:TestA' has a single ':'",
            "write x_test.py::TestA::test_b, or x_test.py:15 for a line",
        ),
        ("a and", "expected not OR left parenthesis OR identifier; got end of input at column 6", None),
        ("(a", "expected right parenthesis; got end of input at column 3", None),
        ("a)", "expected end of input; got right parenthesis at column 2", None),
        ("a and b*", 'unexpected character "*" at column 8', None),
        ("and", "expected not OR left parenthesis OR identifier; got and at column 1", None),
        ("a(b=1)", "keywords take no parameters", None),
        pytest.param("(" * 5000 + "a" + ")" * 5000, "its parentheses are nested too deeply", None, id="deep"),
    ],
)
def test_malformed(text: str, reason: str, fix: str | None) -> None:
    """The error quotes the filter, says what is wrong and expected, and how to mend it."""
    with pytest.raises(LauncherError) as error:
        Filter(text)
    assert str(error.value) == (
        f"--test_filter={text!r} (TESTBRIDGE_TEST_ONLY) is malformed: {reason}; {_EXPECTED}"
        f"{fix or 'correct the expression'}"
    )


_TEXTS = st.text() | st.lists(
    st.sampled_from(["a", "and", "not", "or", "(", ")", "[", "]", "-", ",", " ", "x.py::", "*", "?", "=", '"', "\n"])
).map("".join)


@given(_TEXTS)
@example("\udc80")
@example("a\0b and c")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but the error comes out of a filter, and a filter that is read asks for something."""
    parsed = ParsedFilter(names=("refused",))
    with contextlib.suppress(LauncherError):
        Filter(text)
        parsed = parse_filter(text)
    assert parsed.names or parsed.excluded or parsed.keywords
