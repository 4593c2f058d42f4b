"""The pages of docs/, with the tables and links in them."""

import pathlib
import re
from collections.abc import Iterator

FOLDER = pathlib.Path(__file__).parents[2] / "docs"
PAGES = sorted(path.name for path in FOLDER.glob("*.md"))


def text(page: str) -> str:
    """Reads a page."""
    return (FOLDER / page).read_text(encoding="utf-8")


def rows(page: str) -> Iterator[dict[str, str]]:
    """Reads the rows of a page's tables.

    Args:
        page: the page's name.

    Yields:
        The row's cells by the table's headings.
    """
    header: list[str] = []
    for line in text(page).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            header = []
        elif not header:
            header = cells
        elif set("".join(cells)) != {"-"}:
            yield dict(zip(header, cells, strict=True))


def links(page: str) -> list[str]:
    """Finds the files that a page links to, as paths from docs/."""
    targets = set(re.findall(r"\]\(([^)#]+)[^)]*\)", text(page)))
    return sorted(target for target in targets if "://" not in target)
