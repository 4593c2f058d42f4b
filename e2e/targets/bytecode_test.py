"""Targets get bytecode and rewritten asserts from the build, unless told not to; neither is ever stale."""

import pytest

from e2e.support.nested_bazel import NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "lib",
    srcs = ["lib.py"],
)

py_library(
    name = "surroundings",
    testonly = True,
    srcs = ["conftest.py"],
)

_DEPS = [
    ":lib",
    ":surroundings",
    "@hermetic_pytest//testing:conftest",
]

py_test(
    name = "as_usual_test",
    srcs = ["tell_test.py"],
    deps = _DEPS,
)

py_test(
    name = "switched_off_test",
    srcs = ["tell_test.py"],
    pyc_collection = "disabled",
    deps = _DEPS,
)
"""

# How each module was loaded is what the test fails with.
_TEST = """\
import importlib.machinery
import inspect
import os
import iniconfig
import lib

def image_has(name):
    place_of = inspect.getclosurevars(importlib.machinery.SourceFileLoader.get_code).nonlocals.get("place_of")
    places = inspect.getclosurevars(place_of).nonlocals["places"] if place_of else ()
    return any(place.endswith(name) for place in places)

def test_it(how_conftest_was_loaded):
    found = [
        type(__spec__.loader).__name__,
        how_conftest_was_loaded,
        *(os.path.exists(module.__spec__.cached) for module in (lib, iniconfig)),
        image_has("/iniconfig/__init__.py"),
    ]
    assert found == "none"
"""

_CONFTEST = """\
import pytest

@pytest.fixture
def how_conftest_was_loaded():
    return type(__spec__.loader).__name__
"""

# What pytest needs has no bytecode files: the start-up image has its code.
_BY_THE_BUILD = ["_RewrittenLoader", "_RewrittenLoader", True, False, True]
_BY_EACH_RUN = ["AssertionRewritingHook", "AssertionRewritingHook", False, False, False]


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace whose tests tell how their modules were loaded."""
    nested_bazel.write({"BUILD.bazel": _BUILD, "lib.py": "VALUE = 1", "conftest.py": _CONFTEST, "tell_test.py": _TEST})
    return nested_bazel


@pytest.mark.parametrize(
    ("target", "flags", "expected"),
    [
        ("as_usual_test", [], _BY_THE_BUILD),
        ("switched_off_test", [], _BY_EACH_RUN),
        ("as_usual_test", ["--@hermetic_pytest//testing:bytecode=false"], _BY_EACH_RUN),
        # As on an executor without persistent workers.
        ("as_usual_test", ["--strategy=PytestRewriteAsserts=sandboxed", "--define=round=2"], _BY_THE_BUILD),
    ],
    ids=["default", "attribute", "build setting", "without workers"],
)
def test_how_modules_are_loaded(workspace: NestedBazel, target: str, flags: list[str], expected: list[object]) -> None:
    """The build compiles and rewrites by default; an attribute and a build setting turn both off."""
    finished = workspace.test(*flags, f"//:{target}")
    assert finished.exit_code == 3, finished.output
    assert f"assert {expected} == " in finished.tests[f"//:{target}"].log


def test_changed_modules(workspace: NestedBazel) -> None:
    """A changed test, conftest or library is what runs next."""
    test = "import lib\n\ndef test_it(value):\n    assert (lib.VALUE, value, {}) == 'none'\n"
    conftest = "import pytest\n\n@pytest.fixture\ndef value():\n    return {}\n"
    for number in (1, 2):
        workspace.write(
            {
                "lib.py": f"VALUE = {number}",
                "conftest.py": conftest.format(number),
                "tell_test.py": test.format(number),
            }
        )
        finished = workspace.test("//:as_usual_test")
        assert finished.exit_code == 3, finished.output
        assert f"assert {(number,) * 3} == " in finished.tests["//:as_usual_test"].log
