"""CONTRIBUTING.md's list of commands that no test runs from the page is up to date."""

import pathlib
import re

import pytest

from e2e.support.code_blocks import Block, find_blocks, is_output, shell_blocks
from tests.documentation.pages import FOLDER, PAGES
from tests.documentation.unrun_commands import unrun_rows

_ROOT = FOLDER.parent
_PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{page}" for page in PAGES)]


@pytest.mark.parametrize("row", unrun_rows(), ids=lambda row: row["Command"])
def test_row(row: dict[str, str]) -> None:
    """A listed command is on a page, has a reason, and names the file that covers it."""
    commands = [command for page in _PAGES for block, _ in shell_blocks(_ROOT, page) for command in block.commands()]
    assert row["Command"].strip("`") in commands
    assert row["Why"]
    links = re.findall(r"\]\(([^)]+)\)", row["Covered by"])
    assert [link for link in links if not (_ROOT / link).is_file()] == []
    assert links


def test_readme() -> None:
    """The README's commands with bazelw are listed; consumer_test runs the others."""
    listed = {row["Command"].strip("`") for row in unrun_rows()}
    commands = [command for block, _ in shell_blocks(_ROOT, "README.md") for command in block.commands()]
    assert [command for command in commands if "./bazelw" in command and command not in listed] == []


def test_blocks(tmp_path: pathlib.Path) -> None:
    """Blocks are found in lists, too; a shell block's output is the next block without a language."""
    page = "1. x\n\n   ```sh\n   a b  # c\n   # d\n   ```\n\n   ```\n   e\n   ```\n\n```json\n{}\n```\n"
    (tmp_path / "page.md").write_text(page)
    assert [block.language for block in find_blocks(tmp_path, "page.md")] == ["sh", "", "json"]
    ((block, output),) = shell_blocks(tmp_path, "page.md")
    assert block == Block("page.md", line=3, language="sh", text="a b  # c\n# d\n")
    assert block.commands() == ["a b"]
    assert output == "e\n"


@pytest.mark.parametrize(
    ("documented", "written", "same"),
    [
        ("a\n…\nb (x)", "0\na\n1\n2\nb (x)\n3", True),
        ("a\n…\nb", "b\na", False),
        ("== 1 passed in 0.05s ==", "======= 1 passed in 12.10s ==", True),
        ("== 1 passed in 0.05s ==", "== 2 passed in 0.05s ==", False),
        ("a  [100%]", "a      [100%]", True),
        ("", "anything", True),
    ],
)
def test_output(documented: str, written: str, same: bool) -> None:
    """Output is compared up to `…`, seconds and the width of gaps and rulers."""
    assert is_output(documented, written) == same
