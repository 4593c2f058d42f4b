"""The files that docs/migrate.md shows: what a repository has before and after."""

import pathlib
import re

_PAGE = pathlib.Path(__file__).parents[2] / "docs" / "migrate.md"

# A line such as "After, `pkg/x_test.py`, which stays:", and the block that follows.
_FILE = re.compile(r"^(Before|After),\s`([^`]+)`[^\n]*:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

_SAMPLE = re.compile(r"^```\n(target .*?)^```$", re.MULTILINE | re.DOTALL)


def files(time: str) -> dict[str, str]:
    """Reads the files of one kind.

    Args:
        time: "Before" or "After".

    Returns:
        The texts by path.
    """
    found = [(path, text) for when, path, text in _FILE.findall(_text()) if when == time]
    assert len({path for path, _ in found}) == len(found), f"{_PAGE} has a file twice"
    return dict(found)


def sample() -> str:
    """Returns what the checker is shown to print."""
    (text,) = _SAMPLE.findall(_text())
    return str(text)


def shown() -> int:
    """Returns how many files the page shows, by the words that introduce them."""
    return len(re.findall(r"^(?:Before|After), `", _text(), re.MULTILINE))


def module_lines() -> str:
    """Returns what MODULE.bazel has besides, without the dep that a test's own MODULE.bazel has."""
    section = _text().partition("\n## MODULE.bazel\n")[2]
    block = section.partition("\n```starlark\n")[2].partition("```\n")[0]
    return "".join(line for line in block.splitlines(keepends=True) if not line.startswith("bazel_dep("))


def _text() -> str:
    return _PAGE.read_text(encoding="utf-8")
