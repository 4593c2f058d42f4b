"""Repositories that are laid out in ways that get in a launcher's way: packages with names that it knows, and src/."""

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_LOADS = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

"""

# A package of this name with the fixtures of its conftest.py, a library and a test in it.
_NAMED = """\
py_library(
    name = "{name}",
    srcs = ["__init__.py", "conftest.py", "values.py"],
    visibility = ["//visibility:public"],
)

py_test(
    name = "values_test",
    srcs = ["values_test.py"],
    options = ["--strict-markers"],
    plugins = ["pytest_helpers.plugin"],
    deps = [
        "//conftest",
        "//pytest_helpers",
        "//pytest_helpers:plugin",
        "//testing",
        "//tests",
        "@hermetic_pytest//testing:conftest",
    ],
)
"""

_PLUGIN = """\
py_library(
    name = "plugin",
    srcs = ["plugin.py"],
    visibility = ["//visibility:public"],
)
"""

_NAMED_TEST = """\
import conftest.values
import pytest_helpers.values
import testing.values
import tests.values

def test_name():
    assert __name__ == "{name}.values_test"

def test_values():
    modules = [conftest, pytest_helpers, testing, tests]
    assert [module.values.NAME for module in modules] == ["conftest", "pytest_helpers", "testing", "tests"]

def test_fixtures(nearest, of_plugin):
    assert (nearest, of_plugin) == ("{name}", "of the plugin")

async def test_anyio(pytester):
    assert pytester.path.is_dir()
"""

_FIXTURE = """\
import pytest

@pytest.fixture
def {name}():
    return "{value}"
"""

_NAMES = ("conftest", "pytest_helpers", "testing", "tests")

# A library and a test beside it below src/, another test in a tree of its own.
_SRC_BUILD = """\
py_library(
    name = "acme",
    srcs = ["acme/__init__.py", "acme/core.py"],
    imports = ["."],
    visibility = ["//visibility:public"],
)

py_test(
    name = "beside_test",
    srcs = ["acme/beside_test.py"],
    deps = [":acme"],
)
"""

_SRC_TESTS_BUILD = """\
py_test(
    name = "core_test",
    srcs = ["core_test.py", "conftest.py"],
    deps = ["//src:acme"],
)
"""

# A target with the name of the folder that its files, and a library's, lie in.
_FOLDER_BUILD = """\
py_library(
    name = "helper",
    srcs = ["tests/helper.py"],
)

py_test(
    name = "tests",
    srcs = ["tests/conftest.py", "tests/x_test.py"],
    args = ["--verbosity=1"],
    data = ["tests/data.txt"],
    env = {"NAME": "value"},
    shard_count = 2,
    deps = [":helper"],
)
"""

_FOLDER_TEST = """\
import os
import pathlib

from . import helper

def test_module():
    assert __name__ == "folder.tests.x_test"
    assert helper.__name__ == "folder.tests.helper"

def test_surroundings(nearest):
    assert nearest == "of the folder"
    assert os.environ["NAME"] == "value"
    assert pathlib.Path(__file__).with_name("data.txt").is_file()
"""

_CORE_TEST = """\
import sys
import acme.core

def test_one_module():
    assert acme.core.__name__ == "acme.core"
    assert [name for name in sys.modules if name.endswith("acme.core")] == ["acme.core"]
"""

_BESIDE_TEST = f"""\
from . import core
{_CORE_TEST}
def test_relative_import():
    assert core is acme.core

def test_name():
    assert __name__ == "acme.beside_test"
"""

_OWN_FIXTURE = """\
def test_fixture(own):
    assert own == "of the tests"
"""


@pytest.fixture(scope="module")
def run(nested_bazel: NestedBazel) -> Invocation:
    """All packages in one workspace, and all tests in one run."""
    for name in _NAMES:
        nested_bazel.write(
            {
                f"{name}/BUILD.bazel": _LOADS + _NAMED.format(name=name),
                f"{name}/__init__.py": "",
                f"{name}/conftest.py": _FIXTURE.format(name="nearest", value=name),
                f"{name}/values.py": f"NAME = {name!r}\n",
                f"{name}/values_test.py": _NAMED_TEST.format(name=name),
            }
        )
    nested_bazel.write(
        {
            "pytest_helpers/BUILD.bazel": _LOADS + _NAMED.format(name="pytest_helpers") + _PLUGIN,
            "pytest_helpers/plugin.py": _FIXTURE.format(name="of_plugin", value="of the plugin"),
            "folder/BUILD.bazel": _LOADS + _FOLDER_BUILD,
            "folder/tests/conftest.py": _FIXTURE.format(name="nearest", value="of the folder"),
            "folder/tests/data.txt": "",
            "folder/tests/helper.py": "",
            "folder/tests/x_test.py": _FOLDER_TEST,
            "src/BUILD.bazel": _LOADS + _SRC_BUILD,
            "src/acme/__init__.py": "",
            "src/acme/core.py": "",
            "src/acme/beside_test.py": _BESIDE_TEST,
            "test/unit/BUILD.bazel": _LOADS + _SRC_TESTS_BUILD,
            "test/unit/conftest.py": _FIXTURE.format(name="own", value="of the tests"),
            "test/unit/core_test.py": _CORE_TEST + _OWN_FIXTURE,
        }
    )
    return nested_bazel.test("--keep_going", "//...")


@pytest.mark.parametrize("name", _NAMES)
def test_package_of_this_name(run: Invocation, name: str) -> None:
    """Its modules are its own, and so are those of its neighbours; this project's conftest works beside them."""
    label = f"//{name}:values_test"
    assert label in run.tests, run.output
    tests = ("test_name", "test_values", "test_fixtures", "test_anyio")
    assert run.tests[label].cases() == {f"{name}.values_test::{test}": "passed" for test in tests}, run.tests[label].log


@pytest.mark.parametrize(
    ("label", "cases"),
    [
        (
            "//src:beside_test",
            [f"src.acme.beside_test::{test}" for test in ("test_one_module", "test_relative_import", "test_name")],
        ),
        ("//test/unit:core_test", [f"test.unit.core_test::{test}" for test in ("test_one_module", "test_fixture")]),
    ],
)
def test_src_layout(run: Invocation, label: str, cases: list[str]) -> None:
    """A module below src/ has one name, by which the library's `imports` make it known, beside it and elsewhere."""
    assert label in run.tests, run.output
    assert run.tests[label].cases() == dict.fromkeys(cases, "passed"), run.tests[label].log


def test_target_with_the_name_of_a_folder(run: Invocation) -> None:
    """A target may have the name of the folder that its files lie in; its attributes hold as in any other."""
    result = run.tests["//folder:tests"]
    assert result.status == "PASSED", result.log
    assert len(result.attempts) == 2
    assert result.cases() == {f"folder.tests.x_test::{test}": "passed" for test in ("test_module", "test_surroundings")}
    assert "::test_module PASSED" in result.log
