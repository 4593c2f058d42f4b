"""Makes docs/api.md, the reference of all that is public, from what the code itself says."""

import pathlib
import re
import textwrap

import jinja2

from tools.api import public_targets, pytest_names, symbols, textproto

# The first is where the runfiles are, which have the files that Bazel makes, too.
_ROOT = pathlib.Path(__file__).parents[2]

_TEMPLATE = "page.md.j2"

# What few repositories need; the other functions are in the order of their names.
_LAST = "py_distribution"

_WIDTH = 120


def make_page() -> str:
    """Makes the page.

    Returns:
        Its text.
    """
    testing = _ROOT / "testing"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(pathlib.Path(__file__).parent),
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["item"] = item
    text = environment.get_template(_TEMPLATE).render(
        files={file: _symbols(file) for file in ("defs", "extensions")},
        targets=public_targets.find_targets((testing / "BUILD.bazel").read_text(encoding="utf-8")),
        tools=public_targets.find_targets((_ROOT / "tools/adopt/BUILD.bazel").read_text(encoding="utf-8")),
        names=pytest_names.find_names(testing / "conftest.py", testing / "src/hermetic_pytest"),
    )
    # The other pages are beside this one.
    return re.sub(r"\bdocs/(\w+\.md)\b", r"[\1](\1)", text)


def item(text: str) -> str:
    """Folds the item of a list.

    Args:
        text: the item, of any number of lines; empty lines separate paragraphs.

    Returns:
        Its lines, no longer than the page is wide; all after the first are indented.
    """
    paragraphs = [
        textwrap.fill(" ".join(paragraph.split()), _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
        for paragraph in text.split("\n\n")
    ]
    return "- " + textwrap.indent("\n\n".join(paragraphs), "  ").strip()


def _symbols(file: str) -> list[symbols.Symbol]:
    text = (_ROOT / f"docs/{file}.textproto").read_text(encoding="utf-8")
    found = symbols.find_symbols(textproto.read(text))
    return sorted(found, key=lambda symbol: symbol.name == _LAST)
