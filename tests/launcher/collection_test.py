"""The target's test files are collected, and nothing else."""

import pathlib
import re

import pytest
from hermetic_pytest.collection import TargetFiles
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest

_OPTION = """\
import pytest

def pytest_addoption(parser):
    parser.addoption("--flavour")
"""


def _target_files(runfiles: pathlib.Path, *test_files: str) -> TargetFiles:
    manifest = Manifest(
        label="//pkg:x_test",
        main="_main/pkg/x_test.pytest/main.py",
        repository="_main",
        test_files=test_files,
        conftest="hermetic_pytest+/testing/conftest.py",
    )
    return TargetFiles(manifest, runfiles)


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
        ("pkg", ["test_d"]),
    ],
)
def test_user_names_files(tree: pytest.Pytester, argument: str, expected: list[str]) -> None:
    """A user who names a file, node id or folder gets it alone."""
    assert _collected(tree, argument) == expected


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
