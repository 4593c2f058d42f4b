"""A target runs its own files, and sees nothing that lies beside them on disk."""

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "declared",
    srcs = ["declared.py"],
)

py_test(
    name = "x_test",
    srcs = ["x_test.py"],
    deps = [
        ":declared",
        "@hermetic_pytest//testing:conftest",
    ],
)
"""

_TEST = """\
import importlib
import pathlib
import subprocess
import sys

import pytest

UNDECLARED = ["pkg.undeclared", "undeclared", "other.undeclared", "outside"]

def test_declared():
    assert importlib.import_module("pkg.declared").VALUE == 42

@pytest.mark.parametrize("name", UNDECLARED)
def test_undeclared(name):
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(name)

@pytest.mark.parametrize("name", UNDECLARED)
def test_undeclared_in_subprocess(name):
    finished = subprocess.run([sys.executable, "-m", name], capture_output=True, text=True)
    assert "No module named" in finished.stderr

def test_declared_in_subprocess():
    assert subprocess.run([sys.executable, "-m", "pkg.declared"]).returncode == 0

def test_packages_have_no_init():
    import pkg
    assert pkg.__file__ is None

def test_nothing_leads_to_the_source_tree():
    files = {str(module.__file__) for module in sys.modules.values() if getattr(module, "__file__", None)}
    in_workspace = {path for path in files | set(sys.path) if path.startswith("@WORKSPACE@/")}
    assert {path for path in in_workspace if not path.startswith("@WORKSPACE@/bazel-bin/")} == set()
    assert str(pathlib.Path(__file__)) in files

def test_no_configuration(pytestconfig):
    assert pytestconfig.getini("python_files") == ["test_*.py", "*_test.py"]
"""

_FAILS = 'raise AssertionError("this file is undeclared")\n'

_UNDECLARED = {
    # Would be collected from a folder.
    "pkg/sibling_test.py": _FAILS,
    "pkg/test_sibling.py": _FAILS,
    # Would be loaded by pytest on its own.
    "__init__.py": _FAILS,
    "conftest.py": _FAILS,
    "pkg/__init__.py": _FAILS,
    "pkg/conftest.py": _FAILS,
    # Would be importable.
    "other/undeclared.py": "",
    "pkg/undeclared.py": "",
    "undeclared.py": "",
    # Would be read as configuration.
    "pkg/pytest.ini": "[pytest]\naddopts = --undeclared\n",
    "pkg/pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--undeclared"\n',
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--undeclared"\n',
    "pytest.ini": "[pytest]\naddopts = --undeclared\n",
    "setup.cfg": "[tool:pytest]\naddopts = --undeclared\n",
    "tox.ini": "[pytest]\naddopts = --undeclared\n",
}

_UNDECLARED_MODULES = ("other.undeclared", "outside", "pkg.undeclared", "undeclared")
_EXPECTED = {
    "test_declared",
    "test_declared_in_subprocess",
    "test_no_configuration",
    "test_nothing_leads_to_the_source_tree",
    "test_packages_have_no_init",
    *(f"test_undeclared[{name}]" for name in _UNDECLARED_MODULES),
    *(f"test_undeclared_in_subprocess[{name}]" for name in _UNDECLARED_MODULES),
}


@pytest.fixture(scope="module")
def crowded(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace whose one target has many undeclared files around it."""
    nested_bazel.link_runfiles()
    nested_bazel.write(
        {
            **_UNDECLARED,
            "outside/outside.py": "",
            "pkg/BUILD.bazel": _BUILD,
            "pkg/declared.py": "VALUE = 42\n",
            "pkg/x_test.py": _TEST.replace("@WORKSPACE@", str(nested_bazel.workspace)),
        }
    )
    return nested_bazel


def _assert_own_tests_alone(finished: Invocation) -> None:
    result = finished.tests["//pkg:x_test"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {f"pkg.x_test::{name}": "passed" for name in _EXPECTED}


def test_sandboxed(crowded: NestedBazel) -> None:
    """The target's tests run, and no undeclared file has a say."""
    _assert_own_tests_alone(crowded.test("//pkg:x_test"))


def test_without_sandbox(crowded: NestedBazel) -> None:
    """It is the same without a sandbox, where all files are in reach."""
    finished = crowded.test("//pkg:x_test", "--spawn_strategy=local", "--nocache_test_results")
    assert " local" in finished.output
    assert "sandbox" not in finished.output
    _assert_own_tests_alone(finished)


def test_direct_run(crowded: NestedBazel) -> None:
    """It is the same in a direct run, whatever PYTHONPATH a user's shell has."""
    assert crowded.run("build", "//pkg:x_test").exit_code == 0
    outside = {"PYTHONPATH": str(crowded.workspace / "outside")}
    finished = crowded.execute([crowded.workspace / "bazel-bin/pkg/x_test"], environ=outside)
    assert finished.exit_code == 0, finished.output
    assert f"{len(_EXPECTED)} passed" in finished.output
