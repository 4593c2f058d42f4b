"""`bazel run` writes snapshots into the source tree, for several plugins; other commands write none."""

import pathlib
from collections.abc import Callable

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_TAG = 'hermetic_pytest.packages(anyio = "@pypi//anyio", pytest = "@pypi//pytest")\n'

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        data = glob(["__snapshots__/**", "snapshots/**"], allow_empty = True),
        deps = [
            "@hermetic_pytest//testing:conftest",
            "@pypi//" + plugin,
        ],
    )
    for name, plugin in [
        ("ambr_test", "syrupy"),
        ("inline_test", "inline_snapshot"),
        ("folder_test", "pytest_snapshot"),
    ]
]
"""

_AMBR = """\
def test_value(snapshot):
    assert {value!r} == snapshot
"""

_INLINE = """\
from inline_snapshot import snapshot

def test_value():
    assert 7 == snapshot({value})
"""

_FOLDER = """\
def test_values(snapshot):
    snapshot.assert_match_dir(dict.fromkeys({names!r}, {value!r}), "values")
"""

_OPTIONS = {
    "ambr_test": ["--snapshot-update"],
    "folder_test": ["--snapshot-update", "--allow-snapshot-deletion"],
    "inline_test": ["--inline-snapshot=create,fix"],
}


class Project:
    """A workspace with a package of tests that compare with snapshots."""

    def __init__(self, bazel: NestedBazel) -> None:
        self.bazel = bazel
        self.folder = bazel.workspace / "pkg"

    def write(self, value: str, names: list[str], inline: str) -> None:
        """Writes the tests, which a developer changes."""
        texts = {
            "ambr_test": _AMBR.format(value=value),
            "folder_test": _FOLDER.format(names=names, value=value),
            "inline_test": _INLINE.format(value=inline),
        }
        self.bazel.write({f"pkg/{name}.py": text for name, text in texts.items()})

    def update(self, *names: str) -> list[str]:
        """Updates the snapshots of some targets, and returns what is said of the source tree."""
        lines = []
        for name in names:
            finished = self.bazel.run("run", "--noshow_progress", f"//pkg:{name}", "--", *_OPTIONS[name])
            lines += [line for line in finished.output.splitlines() if "the source tree: " in line]
        return lines

    def snapshots(self) -> dict[str, str]:
        """Reads all files but the tests' own."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        texts = {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
        return {path: text for path, text in texts.items() if "/" in path}


@pytest.fixture(scope="module")
def project(own_hub: NestedBazel, module_file: Callable[[str], str]) -> Project:
    """A workspace without snapshots yet."""
    own_hub.link_runfiles()
    own_hub.write({"MODULE.bazel": module_file(_TAG), "pkg/BUILD.bazel": _BUILD})
    project = Project(own_hub)
    project.write("one", ["a.txt", "b.txt"], "")
    return project


def _statuses(run: Invocation) -> dict[str, str]:
    return {label.removeprefix("//pkg:"): result.status for label, result in run.tests.items()}


def _runfiles(project: Project, name: str) -> list[str]:
    package = pathlib.Path(project.bazel.workspace, "bazel-bin", "pkg", f"{name}.runfiles", "_main", "pkg")
    return sorted(path.relative_to(package).as_posix() for path in package.rglob("*"))


def test_snapshots(project: Project) -> None:
    """New, changed and needless snapshots are written, changed and deleted in the source tree; then the tests pass."""
    refused = project.bazel.test("--keep_going", "--test_arg=--snapshot-update", "//pkg:ambr_test")
    assert _statuses(refused) == {"ambr_test": "FAILED"}
    assert "use `bazel run //pkg:ambr_test -- --snapshot-update`" in refused.tests["//pkg:ambr_test"].log
    assert project.snapshots() == {}

    said = project.update(*_OPTIONS)
    created = project.snapshots()
    folder = "snapshots/folder_test/test_values/values"
    assert sorted(created) == ["__snapshots__/ambr_test.ambr", f"{folder}/a.txt", f"{folder}/b.txt"]
    assert "'one'" in created["__snapshots__/ambr_test.ambr"]
    assert "snapshot(7)" in (project.folder / "inline_test.py").read_text(encoding="utf-8")
    written = [*created, "inline_test.py"]
    assert sorted(said) == sorted(f"hermetic_pytest: written to the source tree: pkg/{path}" for path in written)

    project.write("two", ["b.txt"], "7")
    said = project.update("ambr_test", "folder_test")
    assert "'two'" in project.snapshots()["__snapshots__/ambr_test.ambr"]
    assert project.snapshots()[f"{folder}/b.txt"] == "two"
    assert f"hermetic_pytest: deleted from the source tree: pkg/{folder}/a.txt" in said
    assert f"{folder}/a.txt" not in project.snapshots()
    assert f"{folder}/a.txt" in _runfiles(project, "folder_test")
    passed = project.bazel.test("--keep_going", "//pkg:all")
    assert _statuses(passed) == dict.fromkeys(_OPTIONS, "PASSED"), passed.output
    assert f"{folder}/a.txt" not in _runfiles(project, "folder_test")


def test_executable(project: Project) -> None:
    """The executable itself, which does not know the source tree, refuses an update."""
    finished = project.bazel.execute(["bazel-bin/pkg/ambr_test", "--snapshot-update"])
    assert finished.exit_code == 4
    assert "expected it from `bazel run` alone" in finished.output
