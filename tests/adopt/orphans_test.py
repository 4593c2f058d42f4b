"""Test files that no target has."""

import dataclasses
import pathlib

import pytest
from adopt.orphans import find_orphans
from adopt.patterns import covers

from tests.adopt.repository import TESTS, Repository, py_library, py_test


@pytest.fixture
def repository(tmp_path: pathlib.Path) -> Repository:
    """A repository with one package, and a folder in no package."""
    repository = Repository(tmp_path)
    repository.write(
        {
            "MODULE.bazel": "",
            "pkg/BUILD.bazel": "",
            "pkg/x_test.py": TESTS,
            "pkg/deeper/test_y.py": TESTS,
            "loose/z_test.py": TESTS,
        }
    )
    return repository


def _found(repository: Repository, *patterns: str) -> list[tuple[str | None, str]]:
    return [(found.label, found.place) for found in find_orphans(repository.targets(), patterns or ("//...",))]


def test_orphans(repository: Repository) -> None:
    """Files of both patterns of pytest's names are found, with the package that they are in."""
    repository.add(py_test("x_test", ["x_test.py"]))
    assert _found(repository) == [(None, "loose/z_test.py:1"), ("//pkg:__pkg__", "pkg/deeper/test_y.py:1")]


def test_why(repository: Repository) -> None:
    """It is said how many tests there are."""
    assert {found.why for found in find_orphans(repository.targets(), ("//...",))} == {"2 tests in no target's srcs"}


def test_any_attribute(repository: Repository) -> None:
    """A file in any attribute of a target, such as data, is not lost."""
    data = dataclasses.replace(py_library("lib", []), inputs=("//pkg:x_test.py", "//pkg:deeper/test_y.py"))
    repository.add(data)
    assert _found(repository, "//pkg/...") == []


@pytest.mark.parametrize("text", ["", "def helper(): pass\n", "def test_a(:\n"])
def test_no_tests(repository: Repository, text: str) -> None:
    """A file of such a name without tests, or that cannot be parsed, is none."""
    repository.write({"pkg/x_test.py": text, "pkg/deeper/test_y.py": text})
    assert _found(repository, "//pkg/...") == []


@pytest.mark.parametrize(
    "path", [".hidden/x_test.py", "other/MODULE.bazel", "venv/pyvenv.cfg", "ignored/sub/x_test.py", "bazel-bin"]
)
def test_other_folders(repository: Repository, path: str, tmp_path: pathlib.Path) -> None:
    """Hidden folders, other repositories, virtual environments, ignored folders and Bazel's links are left out."""
    before = _found(repository)
    repository.write({".bazelignore": "# not these\nignored/sub/\n"})
    if path == "bazel-bin":
        (tmp_path / path).symlink_to(tmp_path / "pkg")
    else:
        repository.write({path: ""})
        repository.write({f"{path.rpartition('/')[0]}/x_test.py": TESTS})
    assert _found(repository) == before


@pytest.mark.parametrize(
    ("patterns", "packages"),
    [
        (("//...",), {"", "a", "a/b", "ab"}),
        (("//a/...",), {"a", "a/b"}),
        (("//a:all",), {"a"}),
        (("//a:*", "//ab:all"), {"a", "ab"}),
        (("//:all",), {""}),
        (("//a:x_test", "//a"), set()),
        (("-//a/...",), {"", "ab"}),
        (("//...", "-//a/b/...", "-//:all"), {"a", "ab"}),
    ],
)
def test_patterns(patterns: tuple[str, ...], packages: set[str]) -> None:
    """A package is asked for by patterns that name all of its targets."""
    assert {package for package in ("", "a", "a/b", "ab") if covers(patterns, package)} == packages
