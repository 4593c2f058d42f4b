"""The documentation of the protocol is complete, and its proofs exist."""

import pathlib
import re

import pytest
from hermetic_pytest import report_paths

from tests.protocol.conftest import VARIABLES

_DOCS = pathlib.Path(__file__).parents[2] / "docs"
_TEXT = (_DOCS / "protocol.md").read_text(encoding="utf-8")
_ROWS = [line.strip("|").split("|") for line in _TEXT.splitlines() if line.startswith("| ")]
_LINKS = sorted(set(re.findall(r"\]\((\.\./[^)]+)\)", _TEXT)))


@pytest.mark.parametrize("variable", VARIABLES)
def test_variable_has_a_row(variable: str) -> None:
    """Each variable that the launcher reads is explained once."""
    assert len([row for row in _ROWS if row[0].strip() == f"`{variable}`"]) == 1


@pytest.mark.parametrize("row", _ROWS[1:], ids=lambda row: row[0].strip())
def test_row_is_proved(row: list[str]) -> None:
    """A row has four cells, the last of which links to a test or admits that there is none."""
    assert len(row) == 4
    assert row[0].strip() == "What" or "](../" in row[3] or row[3].strip() == "not yet"


@pytest.mark.parametrize("link", _LINKS)
def test_link(link: str) -> None:
    """A link leads to a test file."""
    assert link.endswith("_test.py")
    assert (_DOCS / link).is_file()


def test_reports() -> None:
    """The list of report options is the one that the launcher has."""
    options = [*report_paths.REPORTS, *report_paths.TYPED_REPORTS]
    listed = _TEXT.partition("## Reports")[2]
    assert sorted(options) == sorted(set(re.findall(r"`(--[a-z-]+)`", listed)))
