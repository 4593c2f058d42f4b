"""What the README says works in an empty folder, on a release's archive, by this repository's bazelw."""

import os
import pathlib
import tarfile

import pytest

from e2e.support.code_blocks import Block, find_blocks, shell_blocks
from e2e.support.documented_commands import Reader
from e2e.support.nested_bazel import NestedBazel

_ROOT = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"])

# The README's repository, in the archive for the registry's own tests.
_FILES = ("MODULE.bazel", "BUILD.bazel", "fetch_test.py")
_CONSUMER = "examples/consumer"

_MAX_LINES = 15

# The two commands before these are for this repository.
_USE = [(block, output) for block, output in shell_blocks(_ROOT, "README.md") if "./bazelw" not in block.text]


def _written() -> list[str]:
    """The texts that the README has for the consumer's files."""
    return [block.text for block in find_blocks(_ROOT, "README.md") if block.language in ("starlark", "python")]


@pytest.fixture(scope="module")
def release() -> pathlib.Path:
    """The unpacked archive, outside of /tmp, which Bazel's sandbox hides."""
    (archive,) = _ROOT.glob("tools/release/*.tar.gz")
    folder = pathlib.Path(os.environ["TEST_TMPDIR"], "release")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def reader(nested_bazel: NestedBazel, release: pathlib.Path, module_root: pathlib.Path) -> Reader:
    """Somebody who has bazelw as `bazel`, and an empty folder beside the module; the README's files are in it now."""
    folder = release.parent / "reader"
    folder.mkdir()
    (release.parent / "hermetic_pytest").symlink_to(release)
    for file, text in zip(_FILES, _written(), strict=True):
        (folder / file).write_text(text, encoding="utf-8")
    return Reader(nested_bazel, workspace=folder, program=module_root / "bazelw")


def test_lines() -> None:
    """The README's MODULE.bazel, BUILD file and test are short together."""
    assert sum(len(text.splitlines()) for text in _written()) <= _MAX_LINES


@pytest.mark.parametrize(("file", "text"), [*zip(_FILES, _written(), strict=True)], ids=_FILES)
def test_files(file: str, text: str, release: pathlib.Path) -> None:
    """The consumer's files are the README's; in MODULE.bazel the module lies elsewhere."""
    held, _, override = (release / _CONSUMER / file).read_text(encoding="utf-8").partition("\n# The version")
    assert held == text.partition("local_path_override")[0]
    assert ("local_path_override" in override) == ("local_path_override" in text) == (file == "MODULE.bazel")


@pytest.mark.parametrize(("block", "output"), _USE, ids=[block.text.strip() for block, _ in _USE])
def test_commands(block: Block, output: str, reader: Reader) -> None:
    """The README's commands work there, and write what it says."""
    reader.follow(block, block.commands(), output)


def test_what_is_released(release: pathlib.Path) -> None:
    """The archive has the module, its description and the consumer, and nothing that is for this repository alone."""
    assert sorted(path.name for path in release.iterdir()) == [
        ".bazelignore",
        "BUILD.bazel",
        "CHANGELOG.md",
        "LICENSE",
        "MODULE.bazel",
        "README.md",
        "examples",
        "requirements_lock.txt",
        "testing",
        "tools",
    ]
    assert [path.name for path in (release / "tools").iterdir()] == ["adopt"]
