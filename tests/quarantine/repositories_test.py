"""Labels of other repositories are read as in a BUILD file beside the quarantine file."""

import pathlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.entries import make_entry
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.repositories import Repositories

from tests.quarantine.conftest import Target

_MAPPING = """\
,lib,lib~
,main_mod,_main
lib~,self,lib~
lib~,main,_main
lib~~ext~*,tools,lib~
rules_python~~pip~pypi_311_pytest,lib,another~
"""

_TEST = "pkg/x_test.py::test_a"
_TERMS = {"reason": "r", "owner": "o", "until": "2999-01-02"}
_WHERE = "//pkg:x_test: quarantine file q.json"


def _read(runfiles: pathlib.Path, folder: str = "_main") -> Repositories:
    return Repositories.of_runfiles(_WHERE, runfiles, f"{folder}/q.json")


@pytest.mark.parametrize(
    ("folder", "label", "canonical"),
    [
        ("_main", "//pkg:x", "//pkg:x"),
        ("_main", "@lib//pkg:x", "@@lib~//pkg:x"),
        ("_main", "@@lib~//pkg:x", "@@lib~//pkg:x"),
        ("_main", "@main_mod//pkg:x", "//pkg:x"),
        ("_main", "@tools//pkg:x", None),
        ("lib~", "//pkg:x", "@@lib~//pkg:x"),
        ("lib~", "@self//pkg:x", "@@lib~//pkg:x"),
        ("lib~", "@main//pkg:x", "//pkg:x"),
        ("lib~", "@lib//pkg:x", None),
        ("lib~~ext~made", "@tools//pkg:x", "@@lib~//pkg:x"),
    ],
)
def test_canonical(tmp_path: pathlib.Path, folder: str, label: str, canonical: str | None) -> None:
    """An apparent name is what the file's repository calls another one, also by the line of a module extension."""
    (tmp_path / "_repo_mapping").write_text(_MAPPING, encoding="utf-8")
    assert _read(tmp_path, folder).canonical(label) == canonical


def test_unknown(tmp_path: pathlib.Path) -> None:
    """Where Bazel has told no names, an apparent one is refused, and all others mean what they say."""
    repositories = _read(tmp_path)
    assert repositories.canonical("//pkg:x") == "//pkg:x"
    assert repositories.canonical("@@lib+//pkg:x") == "@@lib+//pkg:x"
    with pytest.raises(LauncherError) as error:
        repositories.canonical("@lib//pkg:x")
    assert str(error.value) == (
        f"{_WHERE} has an entry for @lib//pkg:x, and Bazel has not told which repository @lib is (there is no "
        "_repo_mapping in the runfiles), expected a canonical label; write it as `bazel query --consistent_labels "
        "@lib//pkg:x` does"
    )


@pytest.mark.parametrize("label", ["@lib//pkg:x_test", "@@lib~//pkg:x_test"])
def test_matcher(tmp_path: pathlib.Path, label: str) -> None:
    """An entry with either name of a repository is for that repository's target, and for no other one."""
    (tmp_path / "_repo_mapping").write_text(_MAPPING, encoding="utf-8")
    entry = make_entry("the entry", {"id": f"{label} {_TEST}", **_TERMS})
    assert Matcher("@@lib~//pkg:x_test", [entry], _read(tmp_path)).of(_TEST) == [entry]
    assert Matcher("//pkg:x_test", [entry], _read(tmp_path)).entries == []


@pytest.mark.parametrize("label", ["@lib//pkg:x_test", "@@lib~//pkg:x_test"])
def test_run(target: Target, label: str) -> None:
    """A failure of another repository's target is excused, and an entry that names none of its tests fails it."""
    (target.pytester.path / "_repo_mapping").write_text(_MAPPING, encoding="utf-8")
    target.write(x_test="def test_a(): assert 0")
    target.quarantine(f"{label} {_TEST}")
    assert target.run(label="@@lib~//pkg:x_test").verdict().code == 0
    assert target.run(label="//pkg:x_test").verdict().code == 1
    target.quarantine(f"{label} {_TEST}", f"{label} {_TEST}_gone")
    assert target.run(label="@@lib~//pkg:x_test").verdict().code == 1


def test_refused(target: Target) -> None:
    """A target whose entries nobody can read runs no test."""
    target.write(x_test="def test_a(): assert 0")
    target.quarantine(f"@lib//pkg:x_test {_TEST}")
    with pytest.raises(LauncherError, match=r"//pkg:x_test: quarantine file quarantine\.json has an entry for @lib//"):
        target.run()
