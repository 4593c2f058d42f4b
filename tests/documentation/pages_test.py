"""What the documentation promises has a test, and what it links to exists."""

import pytest

from tests.documentation.pages import FOLDER, PAGES, links, rows

_ROWS = [(page, row) for page in PAGES for row in rows(page) if "Proof" in row]
_LINKS = [(page, link) for page in PAGES for link in links(page)]


def test_pages() -> None:
    """There are pages with tables of what is promised."""
    assert {"hermeticity.md", "protocol.md"} <= {page for page, _ in _ROWS}


@pytest.mark.parametrize(
    ("page", "row"), _ROWS, ids=lambda value: value if isinstance(value, str) else next(iter(value.values()))
)
def test_row_is_proved(page: str, row: dict[str, str]) -> None:
    """A row has no empty cell, and its proof links to a test or admits that there is none."""
    assert all(row.values()), page
    assert "_test.py)" in row["Proof"] or row["Proof"] == "not yet", page


@pytest.mark.parametrize(("page", "link"), _LINKS)
def test_link(page: str, link: str) -> None:
    """A link leads to a file: a page, a picture or, in another folder of the project, a test."""
    assert (FOLDER / link).is_file(), page
    assert link.endswith("_test.py") or "/" not in link.removeprefix("images/")
