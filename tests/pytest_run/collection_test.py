"""The target's test files are collected, and nothing else."""

import pathlib
import re
from collections.abc import Sequence

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.collection import TargetFiles

_OPTION = """\
import pytest

def pytest_addoption(parser):
    parser.addoption("--flavour")
"""


def _target_files(runfiles: pathlib.Path, *test_files: str, folders: Sequence[pathlib.Path] = ()) -> TargetFiles:
    manifest = Manifest(
        label="//pkg:x_test",
        main="_main/pkg/x_test.pytest/main.py",
        repository="_main",
        test_files=test_files,
        conftest="hermetic_pytest+/testing/conftest.py",
    )
    return TargetFiles(manifest, runfiles, folders)


@pytest.fixture
def tree(pytester: pytest.Pytester) -> pytest.Pytester:
    """A tree with two test files, and a third that no target names."""
    pytester.makepyfile(
        **{
            "pkg/one": "def test_a(): pass\n\ndef test_b(): pass",
            "pkg/two": "def test_c(): pass",
            "pkg/test_undeclared": "def test_d(): pass",
        }
    )
    return pytester


def _run(tree: pytest.Pytester, *arguments: str) -> pytest.HookRecorder:
    """Runs pytest on a target with the test files one.py and two.py."""
    return tree.inline_run(*arguments, plugins=[_target_files(tree.path, "pkg/two.py", "pkg/one.py")])


def _collected(tree: pytest.Pytester, *arguments: str) -> list[str]:
    run = _run(tree, "--collect-only", *arguments)
    return [item.name for call in run.getcalls("pytest_collection_finish") for item in call.session.items]


def test_all_files_in_the_order_of_srcs(tree: pytest.Pytester) -> None:
    """All test files are collected whatever their names, in their order, and no others."""
    assert _collected(tree) == ["test_c", "test_a", "test_b"]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("pkg/one.py", ["test_a", "test_b"]),
        ("pkg/one.py::test_b", ["test_b"]),
        ("./pkg/../pkg/one.py", ["test_a", "test_b"]),
        ("one.py::test_a", ["test_a"]),
        ("pkg/one.py:3", ["test_b"]),
        ("one.py:1:5", ["test_a"]),
        ("/elsewhere/ws/pkg/two.py", ["test_c"]),
        ("/elsewhere/ws/pkg/one.py::test_b", ["test_b"]),
        ("pkg", ["test_c", "test_a", "test_b"]),
        ("pkg/", ["test_c", "test_a", "test_b"]),
        ("test_b", ["test_b"]),
        ("one.test_b", ["test_b"]),
        ("pkg.one", ["test_a", "test_b"]),
        ("test_?", ["test_c", "test_a", "test_b"]),
    ],
)
def test_user_names_files(tree: pytest.Pytester, argument: str, expected: list[str]) -> None:
    """A user who names a file, folder, node id, line or test gets it alone, and only what is the target's."""
    assert _collected(tree, argument) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("pkg/one.py::test_b", "pkg/two.py", "pkg/one.py::test_a"), ["test_b", "test_c", "test_a"]),
        (("test_b", "test_c"), ["test_c", "test_b"]),
        (("pkg/two.py", "one.test_a"), ["test_c", "test_a"]),
        (("pkg/two.py::test_c", "pkg/one.py:3"), ["test_c", "test_b"]),
        (("test_a", "-k", "b"), []),
        (("--pyargs", "pkg.two"), ["test_c"]),
    ],
)
def test_user_names_several(tree: pytest.Pytester, arguments: tuple[str, ...], expected: list[str]) -> None:
    """Several are all had: node ids in their order, as with bare pytest, names in that of the files."""
    assert _collected(tree, *arguments) == expected


@pytest.mark.parametrize("argument", ["pkg/data.txt", "pkg/test_undeclared.py", "data"])
def test_data_does_not_choose(tree: pytest.Pytester, argument: str) -> None:
    """A file or folder of the runfiles that is no test of the target does not replace the target's tests."""
    tree.mkdir("data")
    (tree.path / "pkg" / "data.txt").touch()
    assert _collected(tree, argument) == ["test_c", "test_a", "test_b"]
    assert _collected(tree, argument, "test_b") == ["test_b"]


def test_source_tree(tree: pytest.Pytester, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A path from where the user is, or of the source tree that the runfiles lead to, is the target's own file."""
    source = tmp_path_factory.mktemp("ws") / "pkg"
    source.mkdir()
    (tree.path / "pkg" / "one.py").rename(source / "one.py")
    (tree.path / "pkg" / "one.py").symlink_to(source / "one.py")
    (source / "other.py").touch()
    plugins = [_target_files(tree.path, "pkg/two.py", "pkg/one.py", folders=[source])]
    for argument in ("one.py", f"{source}/one.py", f"{source}/one.py::test_a", str(source), "one.py:1"):
        run = tree.inline_run("--collect-only", argument, plugins=plugins)
        names = [item.name for call in run.getcalls("pytest_collection_finish") for item in call.session.items]
        assert names == ["test_a", "test_b"][: 1 if "::" in argument or ":1" in argument else 2]


@pytest.mark.parametrize(
    ("argument", "error"),
    [
        (
            "test_z",
            "has no test that is called 'test_z', expected a part of a test's name, such as x_test.py::TestA, "
            "TestA.test_b or x_test.py:15; run it with --collect-only to see the names",
        ),
        (
            "one.py:99",
            "has no test that is called 'pkg/one.py:99', expected a part of a test's name, such as x_test.py::TestA, "
            "TestA.test_b or x_test.py:15; run it with --collect-only to see the names",
        ),
        (
            "{folder}/other.py::test_a",
            "got the argument '{folder}/other.py::test_a', which is no test file of the target, expected one of "
            "['two.py', 'one.py'], or the name of a test; run the target that has the file in srcs",
        ),
        (
            "test_a..b",
            "got the argument 'test_a..b': 'test_a..b' has an empty part, or '..', expected the name of a test; "
            "write each part of the name",
        ),
    ],
    ids=["name", "line", "file", "part"],
)
def test_refused(
    tree: pytest.Pytester,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    argument: str,
    error: str,
) -> None:
    """What can mean no test of the target is refused with these words, and nothing runs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "other.py").touch()
    assert _run(tree, argument.format(folder=folder)).ret == pytest.ExitCode.USAGE_ERROR
    output = capsys.readouterr()
    assert f"ERROR: hermetic_pytest: //pkg:x_test {error.format(folder=folder)}\n" in output.err
    assert "passed" not in output.out


def test_unimportable_file_is_told(tree: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a file cannot be imported, that is the error, and not the name that may be in it."""
    (tree.path / "pkg" / "one.py").write_text("import nowhere_to_be_found\n")
    assert _run(tree, "test_b").ret == pytest.ExitCode.INTERRUPTED
    assert "No module named 'nowhere_to_be_found'" in capsys.readouterr().out


def test_option_that_takes_all(tree: pytest.Pytester) -> None:
    """An option that takes any number of values does not take the files."""
    tree.makepyfile(plugin="def pytest_addoption(parser): parser.getgroup('x').addoption('--all', nargs='*')")
    tree.syspathinsert()
    assert _collected(tree, "-p", "plugin", "--all") == ["test_c", "test_a", "test_b"]


def test_options_choose_among_the_files(tree: pytest.Pytester) -> None:
    """An option is no file: `-k` chooses among the target's tests."""
    assert _collected(tree, "-k", "b or c") == ["test_c", "test_b"]


@pytest.mark.parametrize("value", ["sweet", "pkg/test_undeclared.py"])
def test_value_of_a_conftest_option(tree: pytest.Pytester, value: str) -> None:
    """The value of an option that only a conftest defines is none of the test files, even if it names a file."""
    tree.makepyfile(**{"pkg/conftest": _OPTION})
    assert _collected(tree, "--flavour", value) == ["test_c", "test_a", "test_b"]


def test_conftest_option_is_known(tree: pytest.Pytester) -> None:
    """The conftest files beside the test files are read before the command line is."""
    tree.makepyfile(**{"pkg/conftest": _OPTION})
    assert _collected(tree, "--flavour=sweet") == ["test_c", "test_a", "test_b"]


def test_user_names_a_missing_file(tree: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is pytest's error, not another run."""
    assert _run(tree, "pkg/three.py").ret == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: file or directory not found: pkg/three.py" in capsys.readouterr().err


@pytest.mark.parametrize("testpaths", ["pkg/test_undeclared.py", "nowhere"])
def test_configured_testpaths_do_not_count(tree: pytest.Pytester, testpaths: str) -> None:
    """Only srcs say what is collected, and pytest does not even look elsewhere."""
    tree.makeini(f"[pytest]\ntestpaths = {testpaths}")
    assert _collected(tree, "-Werror") == ["test_c", "test_a", "test_b"]


def test_missing_file(tmp_path: pathlib.Path) -> None:
    """A test file that is not in the runfiles is refused with these words."""
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "one.py").touch()
    with pytest.raises(LauncherError) as raised:
        _target_files(tmp_path, "pkg/one.py", "pkg/two.py")
    assert str(raised.value) == (
        f"//pkg:x_test: test file pkg/two.py is not in the runfiles {tmp_path}; "
        "build the target again, and run its executable where Bazel put it"
    )


def test_folder_is_no_test_file(tmp_path: pathlib.Path) -> None:
    """A folder in a test file's place is refused, too."""
    (tmp_path / "pkg" / "one.py").mkdir(parents=True)
    with pytest.raises(LauncherError, match=re.escape("test file pkg/one.py is not in the runfiles")):
        _target_files(tmp_path, "pkg/one.py")
