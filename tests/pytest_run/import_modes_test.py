"""Suites that need the import mode `prepend`, or the default, say so as docs/import_modes.md has it."""

import pathlib

import pytest

from tests.conftest import Target

_HELPER = "value = 1\n"
_BY_BARE_NAME = {
    "a helper beside the tests": ("from helper import value\ndef test_it(): assert value == 1\n", "helper"),
    "a conftest by name": ("from conftest import value\ndef test_it(): assert value == 1\n", "conftest"),
    "the test module itself": (
        "from unittest import mock\nlimit = 1\n@mock.patch('x_test.limit', 2)\ndef test_it(): assert limit == 2\n",
        "x_test",
    ),
}


def _write(target: Target, mode: str, **modules: str) -> None:
    target.manifest["options"] = [] if mode == "importlib" else [f"--import-mode={mode}"]
    target.write(**modules)
    package = target.folder / "runfiles" / "_main" / "pkg"
    for name in ("helper.py", "conftest.py"):
        (package / name).write_text(_HELPER)


@pytest.mark.parametrize(("test", "module"), _BY_BARE_NAME.values(), ids=_BY_BARE_NAME)
def test_needs_prepend(target: Target, test: str, module: str) -> None:
    """A module that is imported by its file's name alone is not found by default, and is with `prepend`."""
    _write(target, "importlib", x_test=test)
    finished = target.run(BAZEL_TEST="1")
    assert finished.returncode != 0
    assert f"ModuleNotFoundError: No module named '{module}'" in finished.stdout
    assert (
        f"hermetic_pytest: no dep of //pkg:x_test has the module {module}: it is among the files as pkg.{module}; "
        "import that, add its folder to the target's imports, or run with --import-mode=prepend in options\n"
    ) in finished.stdout


@pytest.mark.parametrize(("test", "module"), _BY_BARE_NAME.values(), ids=_BY_BARE_NAME)
def test_has_prepend(target: Target, test: str, module: str) -> None:
    """With the mode, the same test passes."""
    del module
    _write(target, "prepend", x_test=test)
    finished = target.run(BAZEL_TEST="1")
    assert finished.returncode == 0, finished.stdout


_RELATIVE = {"x_test": "from .helper import value\ndef test_it(): assert value == 1\n"}


def test_needs_the_default(target: Target) -> None:
    """A relative import in a folder without __init__.py works by default, and says with `prepend` that it does not."""
    _write(target, "prepend", **_RELATIVE)
    finished = target.run(BAZEL_TEST="1")
    assert finished.returncode != 0
    assert "ImportError: attempted relative import with no known parent package" in finished.stdout


def test_has_the_default(target: Target) -> None:
    """By default, the same test passes."""
    _write(target, "importlib", **_RELATIVE)
    assert target.run(BAZEL_TEST="1").returncode == 0


@pytest.mark.parametrize("mode", ["importlib", "prepend"])
def test_two_files_of_one_name(target: Target, mode: str) -> None:
    """By default two files of one name are two modules; with `prepend` pytest refuses the second."""
    sub = target.folder / "runfiles" / "_main" / "pkg" / "sub"
    target.manifest["test_files"] = ["_main/pkg/x_test.py", "_main/pkg/sub/x_test.py"]
    _write(target, mode, x_test="def test_it(): pass\n")
    sub.mkdir()
    pathlib.Path(sub, "x_test.py").write_text("def test_it(): pass\n")
    finished = target.run(BAZEL_TEST="1")
    if mode == "importlib":
        assert "2 passed" in finished.stdout
    else:
        assert "import file mismatch:" in finished.stdout
