"""What tests print is harmless on a page, and still says what it said."""

import pytest
from hermetic_pytest.report.texts import MOST_CHARACTERS, clean, first_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain ünïcode 字 😀", "plain ünïcode 字 😀"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("#x1B[31mred#x1B[0m", "red"),
        ("\x9b31mred\x9bm", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://host\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("#x1B]8;;http://host#x1B\\link#x1B]8;;#x1B\\ and more", "link and more"),
        ("#x1B]0;title#x07text\nand #x1B[31mmore", "text\nand more"),
        ("\x1b]0;a title without an end\nand more", "0;a title without an end\nand more"),
        ("#x1BP0;1|17/ab#x1B\\text", "text"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x1bPdevice\x1b\\text", "text"),
        ("\x1b(Btext\x1b7", "text"),
        ("10%\r20%\r\nend", "10%\n20%\nend"),
        ("bell\x07 null\x00 del\x7f", "bell\\x07 null\\x00 del\\x7f"),
        ("\x1b", "\\x1b"),
        ("abc\u202edcba\u200b", "abc\\u202edcba\\u200b"),
        ("half \ud800", "half \\ud800"),
        ("</script><b>&amp;", "</script><b>&amp;"),
        ("#x1C and 0x1B", "#x1C and 0x1B"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    """Terminal codes go, other controls and what misleads the eye are spelt out, the rest stays."""
    assert clean(text) == expected


def test_runfiles() -> None:
    """Files of a test are named from the workspace's root, as in its source tree; other paths stay."""
    sandbox = "/home/me/.cache/sandbox/linux-sandbox/33/execroot/_main/bazel-out/k8-fastbuild/bin/pkg/x_test.runfiles"
    text = f'File "{sandbox}/_main/pkg/x_test.py", {sandbox}/pypi_x/y.py:3 in /etc/hosts'
    assert clean(text) == 'File "pkg/x_test.py", pypi_x/y.py:3 in /etc/hosts'


def test_long_text() -> None:
    """Of a long text the beginning and the end are kept, with the number of what is not."""
    text = clean("a" * 30_000 + "b" * 1_000_000)
    assert text.startswith("a" * 10_000 + "\n… 980,000 characters are left out here …\nb")
    assert text.endswith("b" * (MOST_CHARACTERS - 10_000))


def test_paths_without_end() -> None:
    """A text that looks like the beginning of a path throughout is kept as it is."""
    text = "/a" * (MOST_CHARACTERS // 2 - 10) + " .runfiles/"
    assert clean(text) == text


@pytest.mark.parametrize(("text", "expected"), [("", ""), ("\n  a\nb", "a"), ("x" * 400, "x" * 299 + "…")])
def test_first_line(text: str, expected: str) -> None:
    """A heading has one line of a length that can be read."""
    assert first_line(text) == expected
