"""Makes what tests print fit for a page: no terminal codes, no characters that cannot be seen, no private paths."""

import re

# The most characters of one text; the log has all of it.
MOST_CHARACTERS = 50_000

# What is kept of the beginning of a longer text: errors are at the end.
_HEAD_CHARACTERS = 10_000

# Terminal codes (ECMA-48: control sequences, strings, single escapes). A string, such as a title or a hyperlink's
# address, ends by BEL or ST; of one that does not end, the beginning alone is taken away, for what follows is text.
_TERMINAL_CODES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c))?"
    r"|\x1b[ -/]*[0-~]"
)

# How pytest's JUnit report spells what XML cannot hold.
_SPELT = re.compile("#x(1B|07|9B|9C|9D)")

# Controls, and what turns the direction of text around or has no width, so that a text looks like another one.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

# A file of the test, by the path that it had in its sandbox.
_RUNFILE = re.compile(r"(?<![\w./@+~-])/(?:[\w.@+~-]+/)*[\w.@+~-]+\.runfiles/(?:_main/)?")


def clean(text: str) -> str:
    """Makes a text safe to show.

    Args:
        text: what a test printed.

    Returns:
        The text without terminal codes, with paths of runfiles relative, with escapes for characters that cannot be
        seen, and at most MOST_CHARACTERS long but for the line that tells what was left out.
    """
    text = _cut(text)
    if text.isprintable() and "#x1B" not in text and ".runfiles/" not in text:
        return text
    if "#x1B" in text:
        text = _SPELT.sub(lambda match: chr(int(match[1], 16)), text)
    text = _TERMINAL_CODES.sub("", text.replace("\r\n", "\n")).replace("\r", "\n")
    if ".runfiles/" in text:
        text = _RUNFILE.sub("", text)
    return _UNSEEN.sub(_escape, text)


def first_line(text: str) -> str:
    """Finds what fits a heading.

    Args:
        text: a message.

    Returns:
        Its first line that is not empty, at most 300 characters of it.
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= 300 else f"{line[:299]}…"


def _cut(text: str) -> str:
    left_out = len(text) - MOST_CHARACTERS
    if left_out <= 0:
        return text
    tail = text[_HEAD_CHARACTERS + left_out :]
    return f"{text[:_HEAD_CHARACTERS]}\n… {left_out:,} characters are left out here …\n{tail}"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
