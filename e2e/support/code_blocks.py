"""Code blocks of documentation pages, and whether a program wrote what a page says it does."""

import itertools
import pathlib
import re
import textwrap
from dataclasses import dataclass

# A fenced code block (https://spec.commonmark.org/0.31.2/#fenced-code-blocks), maybe in a list.
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE)

# What differs from run to run or from width to width, by its first character or kind: anything, seconds, rulers, gaps.
_VARIABLE = re.compile(r"(…|\d+\.\d+s|={2,}| {2,})")
_ALLOWED = {"…": ".*?", "=": "=+", " ": " +"}
_SECONDS = r"\d+\.\d+s"


@dataclass(frozen=True)
class Block:
    """A code block.

    Attributes:
        page: the page's path below the repository.
        line: the line of its first fence.
        language: what is written behind the fence.
        text: what is in it.
    """

    page: str
    line: int
    language: str
    text: str

    def commands(self) -> list[str]:
        """The lines of a shell block without their comments."""
        lines = (line.partition("  #")[0].rstrip() for line in self.text.splitlines())
        return [line for line in lines if line and not line.startswith("#")]


def find_blocks(root: pathlib.Path, page: str) -> list[Block]:
    """Reads the code blocks of a page.

    Args:
        root: the repository.
        page: the page's path below it.

    Returns:
        The blocks in their order.
    """
    text = (root / page).read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, match.start()) + 1, match["language"], textwrap.dedent(match["text"]))
        for match in _BLOCK.finditer(text)
    ]


def shell_blocks(root: pathlib.Path, page: str) -> list[tuple[Block, str]]:
    """Reads the shell blocks of a page.

    Args:
        root: the repository.
        page: the page's path below it.

    Returns:
        Each block, with the output that the page has for it: the next block, if that is of no language, or "".
    """
    blocks = find_blocks(root, page)
    none = Block(page, line=0, language="", text="")
    return [
        (block, "" if after.language else after.text)
        for block, after in itertools.pairwise([*blocks, none])
        if block.language == "sh"
    ]


def is_output(documented: str, written: str) -> bool:
    """Compares what a program wrote with what a page says.

    Args:
        documented: lines of the page. `…` stands for anything; so does a number of seconds for another one, and a row
            of spaces or equal signs for a longer one.
        written: what the program wrote.

    Returns:
        Whether the page's lines are in it.
    """
    parts = _VARIABLE.split(documented.strip())
    # The parts between those that the expression matches come first, third, fifth, …
    pattern = "".join(
        _ALLOWED.get(part[0], _SECONDS) if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return re.search(pattern, written, re.DOTALL) is not None
