"""The commands that the documentation shows work, and write what it says.

All commands of all pages run in one workspace, one page after the other, but those that CONTRIBUTING.md lists with a
reason. So a new command is either run or listed.
"""

import os
import pathlib

import pytest

from e2e.support.code_blocks import Block, find_blocks, shell_blocks
from e2e.support.documented_commands import Reader
from e2e.support.nested_bazel import NestedBazel
from tests.documentation.unrun_commands import unrun_commands

_ROOT = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"])

# README.md's are run by consumer_test, or listed.
_PAGES = ["CONTRIBUTING.md", *sorted(f"docs/{path.name}" for path in (_ROOT / "docs").glob("*.md"))]
_BLOCKS = [
    (block, commands, output)
    for page in _PAGES
    for block, output in shell_blocks(_ROOT, page)
    if (commands := [command for command in block.commands() if command not in unrun_commands()])
]

# docs/durations.md has the target and says how many tests there are.
_TESTS = """\
import pytest

@pytest.mark.parametrize("number", range(26))
def test_number(number): pass
"""


@pytest.fixture(scope="module")
def reader(nested_bazel: NestedBazel) -> Reader:
    """Somebody in a workspace that has the targets that the pages name."""
    target = next(block.text for block in find_blocks(_ROOT, "docs/durations.md") if block.language == "starlark")
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": f'load("@hermetic_pytest//testing:defs.bzl", "py_test")\n\n{target}',
            "pkg/api_test.durations.json": "{}",
            "pkg/api_test.py": _TESTS,
        }
    )
    return Reader(nested_bazel, workspace=nested_bazel.workspace)


@pytest.mark.parametrize(("block", "commands", "output"), _BLOCKS, ids=[f"{b.page}:{b.line}" for b, *_ in _BLOCKS])
def test_commands(block: Block, commands: list[str], output: str, reader: Reader) -> None:
    """A block's commands exit with 0 and write what the page says."""
    reader.follow(block, commands, output)
