"""Test modules have the names that they are imported by, and the conftest files of their packages."""

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_LOADS = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

"""

_ROOT_BUILD = """\
py_library(
    name = "conftest",
    srcs = ["conftest.py"],
    visibility = ["//visibility:public"],
)
"""

# One folder of packages without any __init__.py, and the same with: `bare` and `full`.
_TOP_BUILD = """\
py_library(
    name = "conftest",
    srcs = glob(["__init__.py"], allow_empty = True) + ["conftest.py"],
    visibility = ["//visibility:public"],
)
"""

_BUILD = """\
py_library(
    name = "helper",
    srcs = ["helper.py"],
)

py_test(
    name = "x_test",
    srcs = glob(["__init__.py"], allow_empty = True) + ["x_test.py"],
    deps = [
        ":helper",
        "//:conftest",
        "//@TOP@:conftest",
    ],
)
"""

_TEST = """\
import sys

from . import helper

def test_name():
    assert __name__ == "@TOP@.bar.x_test"
    assert sys.modules[__name__].test_name is test_name

def test_helper_is_one_module():
    import @TOP@.bar.helper
    assert helper is @TOP@.bar.helper

def test_conftest_of_ancestors(from_root, nearest):
    assert (from_root, nearest) == ("root", "@TOP@")

def test_undeclared_conftest(request):
    assert "undeclared" not in request.fixturenames
"""

_CONFTEST = """\
import pytest

@pytest.fixture
def from_root():
    return "root"

@pytest.fixture
def nearest():
    return "root"
"""

_TOP_CONFTEST = """\
import pytest

@pytest.fixture
def nearest():
    return "@TOP@"
"""

_UNDECLARED_CONFTEST = """\
import pytest

@pytest.fixture(autouse=True)
def undeclared():
    raise AssertionError("this conftest.py is in no dep")
"""

_TWINS_BUILD = """\
py_test(
    name = "twins_test",
    srcs = [
        "//twins/one:x_test.py",
        "//twins/two:x_test.py",
    ],
)

py_test(
    name = "no_conftest_test",
    srcs = ["no_conftest_test.py"],
)
"""

# Its modules are imported by names that begin below its folder.
_ROOTED_BUILD = """\
py_test(
    name = "rooted_test",
    srcs = ["pkg/rooted_test.py"],
    imports = ["."],
)
"""

_ROOTED = """\
def test_name():
    import pkg.rooted_test
    assert __name__ == "pkg.rooted_test"
    assert pkg.rooted_test.test_name is test_name
"""

_NO_CONFTEST = """\
import pytest

def test_it(request):
    with pytest.raises(pytest.FixtureLookupError):
        request.getfixturevalue("from_root")
"""

_EXPORTED = 'exports_files(["x_test.py"])\n'


def _packages(top: str) -> dict[str, str]:
    files = {
        f"{top}/BUILD.bazel": _LOADS + _TOP_BUILD,
        f"{top}/conftest.py": _TOP_CONFTEST,
        f"{top}/bar/BUILD.bazel": _LOADS + _BUILD,
        f"{top}/bar/conftest.py": _UNDECLARED_CONFTEST,
        f"{top}/bar/helper.py": "",
        f"{top}/bar/x_test.py": _TEST,
    }
    return {path: text.replace("@TOP@", top) for path, text in files.items()}


@pytest.fixture(scope="module")
def modules(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over targets in packages of all kinds."""
    nested_bazel.write(
        {
            **_packages("bare"),
            **_packages("full"),
            "full/__init__.py": "",
            "full/bar/__init__.py": "",
            "BUILD.bazel": _LOADS + _ROOT_BUILD,
            "conftest.py": _CONFTEST,
            "rooted/BUILD.bazel": _LOADS + _ROOTED_BUILD,
            "rooted/pkg/rooted_test.py": _ROOTED,
            "twins/BUILD.bazel": _LOADS + _TWINS_BUILD,
            "twins/no_conftest_test.py": _NO_CONFTEST,
            "twins/one/BUILD.bazel": _EXPORTED,
            "twins/one/x_test.py": "def test_one(): assert __name__ == 'twins.one.x_test'\n",
            "twins/two/BUILD.bazel": _EXPORTED,
            "twins/two/x_test.py": "def test_two(): assert __name__ == 'twins.two.x_test'\n",
        }
    )
    return nested_bazel.test("//...", "--keep_going")


@pytest.mark.parametrize("top", ["bare", "full"])
def test_packages(modules: Invocation, top: str) -> None:
    """Names are full, and only declared conftest files apply, with and without `__init__.py`."""
    result = modules.tests[f"//{top}/bar:x_test"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {
        f"{top}.bar.x_test::test_name": "passed",
        f"{top}.bar.x_test::test_helper_is_one_module": "passed",
        f"{top}.bar.x_test::test_conftest_of_ancestors": "passed",
        f"{top}.bar.x_test::test_undeclared_conftest": "passed",
    }


def test_imports(modules: Invocation) -> None:
    """Where a target's `imports` shorten a module's name, the test module is the one of that name."""
    result = modules.tests["//rooted:rooted_test"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {"rooted.pkg.rooted_test::test_name": "passed"}


def test_files_of_the_same_name(modules: Invocation) -> None:
    """One target can hold two test files of the same name from two packages."""
    result = modules.tests["//twins:twins_test"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {"twins.one.x_test::test_one": "passed", "twins.two.x_test::test_two": "passed"}


def test_undeclared_conftest_of_the_root(modules: Invocation) -> None:
    """A conftest.py that other targets declare does not apply to one that does not."""
    result = modules.tests["//twins:no_conftest_test"]
    assert result.status == "PASSED", result.log
