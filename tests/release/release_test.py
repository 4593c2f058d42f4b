"""A release has one version, the registry's templates fit it, and its archive depends on its files alone."""

import importlib
import json
import pathlib
import re
import tarfile

import pytest

from tools.release import archive

_ROOT = pathlib.Path(__file__).parents[2]
_DEP = r'bazel_dep\(name = "hermetic_pytest", version = "([^"]+)"\)'


def _found(pattern: str, file: str) -> str:
    match = re.search(pattern, (_ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert match is not None, f"{file} has nothing like {pattern}"
    return match[1]


def _version() -> str:
    return _found(r'^    version = "([^"]+)",$', "MODULE.bazel")


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("README.md", _DEP),
        ("examples/consumer/MODULE.bazel", _DEP),
        ("CHANGELOG.md", r"\A(?:(?!^## ).*\n)*^## (\S+) - (?:unreleased|\d{4}-\d\d-\d\d)$"),
    ],
)
def test_version(file: str, pattern: str) -> None:
    """The version is MODULE.bazel's everywhere; in CHANGELOG.md it is the first heading's, with its state."""
    assert _found(pattern, file) == _version()


def test_metadata() -> None:
    """The registry's metadata has a homepage, a repository and a maintainer, and no version: those are added."""
    metadata = json.loads((_ROOT / ".bcr/metadata.template.json").read_text(encoding="utf-8"))
    assert metadata["homepage"].endswith(metadata["repository"][0].partition(":")[2])
    assert {"name", "email", "github"} <= metadata["maintainers"][0].keys()
    assert (metadata["versions"], metadata["yanked_versions"]) == ([], {})


def test_source() -> None:
    """The registry unpacks the folder that the archive has."""
    source = json.loads((_ROOT / ".bcr/source.template.json").read_text(encoding="utf-8"))
    assert source["strip_prefix"] == "hermetic_pytest-{VERSION}"
    assert source["url"].endswith("/{TAG}/hermetic_pytest-{VERSION}.tar.gz")
    assert source["integrity"] == ""


def test_presubmit() -> None:
    """The registry tests the consumer that is in the archive, and each task names its platform and Bazel."""
    # PyYAML brings no types, which an import statement would want.
    yaml = importlib.import_module("yaml")
    presubmit = yaml.safe_load((_ROOT / ".bcr/presubmit.yml").read_text(encoding="utf-8"))
    module = presubmit["bcr_test_module"]
    assert (_ROOT / module["module_path"] / "MODULE.bazel").is_file()
    for part in (presubmit, module):
        for task in part["tasks"].values():
            assert (task["platform"], task["bazel"]) == ("${{ platform }}", "${{ bazel }}")
            assert {"platform", "bazel"} <= part["matrix"].keys()


def test_archive(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files make the same bytes, whenever and in whatever order; all are in the folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b").mkdir()
    for file in ("a", "b/c"):
        (tmp_path / file).write_text(file)
    assert archive.main(["--output=first", "--prefix=p-1", "a", "b/c"]) == 0
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o600)
    assert archive.main(["--output=second", "--prefix=p-1", "b/c", "a"]) == 0
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    with tarfile.open("first") as packed:
        assert {member.name: (member.mode, member.mtime) for member in packed} == {
            "p-1/a": (0o644, 0),
            "p-1/b/c": (0o644, 0),
        }
        content = packed.extractfile("p-1/b/c")
        assert content is not None
        assert content.read() == b"b/c"
