"""What tests start is apart from runs of all kinds: sharded and filtered ones, coverage, and a user's own runs."""

import pathlib
import sys

import pytest

from e2e.support.nested_bazel import NestedBazel

_PACKAGE = "tests/closure/pytester"
_MODULES = ("imports", "inner_suite", "outer_plugin", "outer_variables_test", "subprocess_imports_test", "ways")
_FILES = tuple(f"{_PACKAGE}/{module}.py" for module in _MODULES)
_VARIABLES = f"//{_PACKAGE}:outer_variables_test"
_IMPORTS = f"//{_PACKAGE}:subprocess_imports_test"

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "inner_suite",
    srcs = [
        "inner_suite.py",
        "outer_plugin.py",
        "ways.py",
    ],
)

py_library(
    name = "imports",
    srcs = ["imports.py"],
)

py_test(
    name = "outer_variables_test",
    srcs = ["outer_variables_test.py"],
    shard_count = 2,
    deps = [
        ":inner_suite",
        "@hermetic_pytest//testing:conftest",
    ],
)

py_test(
    name = "subprocess_imports_test",
    srcs = ["subprocess_imports_test.py"],
    deps = [
        ":imports",
        "@hermetic_pytest//testing:conftest",
    ],
)
"""


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel, module_root: pathlib.Path) -> NestedBazel:
    """A workspace with the tests of this project that look around from inner runs and subprocesses."""
    texts = {file: (module_root / file).read_text(encoding="utf-8") for file in _FILES}
    nested_bazel.write(
        {
            **texts,
            f"{_PACKAGE}/BUILD.bazel": _BUILD,
            "home/in_pythonpath.py": "",
            "home/startup.py": "raise AssertionError",
        }
    )
    return nested_bazel


def _environment(*names: str, **variables: str) -> list[str]:
    """Composes flags that give a run variables, and have it check that it has them and those with the names."""
    outer = " ".join([*names, *variables])
    return [f"--test_env={name}={value}" for name, value in {**variables, "OUTER_VARIABLES": outer}.items()]


def test_sharded_and_filtered(workspace: NestedBazel) -> None:
    """Each inner run of a shard runs all of its tests, whatever filter and options the run around it has."""
    told = _environment(
        "TEST_SHARD_INDEX",
        "TESTBRIDGE_TEST_ONLY",
        PYTEST_ADDOPTS="--maxfail=100",
        PYTEST_PLUGINS="tests.closure.pytester.outer_plugin",
    )
    run = workspace.test("--test_filter=test_inner_run or test_outer_run", *told, _VARIABLES)
    result = run.tests[_VARIABLES]
    assert result.status == "PASSED", result.log
    outcomes = {case.split("::")[1]: outcome for case, outcome in result.cases().items()}
    assert outcomes.pop("test_outer_run_has_variables") == "passed"
    # The two others need a package that the workspace lacks.
    assert {name for name, outcome in outcomes.items() if outcome != "passed"} == {
        "test_inner_run[spawn]",
        "test_inner_run[spawn_pytest]",
    }


def test_coverage(workspace: NestedBazel) -> None:
    """Inner runs see none of the variables that Bazel asks for coverage with."""
    told = _environment("COVERAGE_DIR", "COVERAGE_MANIFEST", "COVERAGE_OUTPUT_FILE")
    finished = workspace.run("coverage", "--test_output=all", *told, _VARIABLES)
    assert finished.exit_code == 0, finished.output
    assert " passed" in finished.output


@pytest.fixture
def shell(workspace: NestedBazel) -> dict[str, str]:
    """The variables of a user who has packages of their own."""
    home = workspace.workspace / "home"
    site = home / ".local" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    site.mkdir(parents=True, exist_ok=True)
    (site / "in_user_site.py").touch()
    return {"HOME": str(home), "PYTHONPATH": str(home), "PYTHONSTARTUP": str(home / "startup.py")}


def test_users_own_run(workspace: NestedBazel, shell: dict[str, str]) -> None:
    """Under `bazel run`, what tests start imports nothing from a user's folders, nor from PYTHONPATH."""
    finished = workspace.run("run", _IMPORTS, environ=shell)
    assert finished.exit_code == 0, finished.output
    assert " passed" in finished.output


def test_users_own_options(workspace: NestedBazel, shell: dict[str, str]) -> None:
    """Under `bazel run`, inner runs do not get the options and plugins of a user's shell."""
    told = {"PYTEST_ADDOPTS": "--maxfail=100", "PYTEST_PLUGINS": "tests.closure.pytester.outer_plugin"}
    environ = {**shell, **told, "OUTER_VARIABLES": " ".join(told)}
    finished = workspace.run("run", "--test_sharding_strategy=disabled", _VARIABLES, environ=environ)
    assert finished.exit_code == 0, finished.output
    assert " passed" in finished.output
