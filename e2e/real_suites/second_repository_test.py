"""A third-party suite has the same tests with the same outcomes in a repository that depends on this one."""

from collections.abc import Callable

import pytest

from e2e.real_suites.comparison import runfiles
from e2e.real_suites.reports import outcomes, summary
from e2e.support.nested_bazel import NestedBazel

# The suite's own folder is called `testing`, as the product's is; its neighbours have names that pytest knows.
_NEIGHBOURS = ("conftest", "tests")

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "pluggy_test",
    srcs = glob(["testing/*.py"]),
    config = "tox.ini",
    options = ["--import-mode=prepend"],
    deps = ["//conftest", "//tests"],
)
"""

_NEIGHBOUR = """\
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "{name}",
    srcs = ["__init__.py"],
    visibility = ["//visibility:public"],
)
"""


@pytest.fixture(scope="module")
def second_repository(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with the suite and its neighbours."""
    nested_bazel.write({f"testing/{file.name}": file.read_text(encoding="utf-8") for file in runfiles("SUITE_TESTS")})
    (config,) = runfiles("SUITE_CONFIG")
    nested_bazel.write({"BUILD.bazel": _BUILD, "tox.ini": config.read_text(encoding="utf-8")})
    for name in _NEIGHBOURS:
        nested_bazel.write({f"{name}/BUILD.bazel": _NEIGHBOUR.format(name=name), f"{name}/__init__.py": ""})
    return nested_bazel


@pytest.mark.parametrize(
    "flags",
    [
        ("--build_runfile_links", "--spawn_strategy=sandboxed"),
        ("--build_runfile_links", "--spawn_strategy=local"),
        ("--nobuild_runfile_links",),
    ],
    ids=" ".join,
)
def test_same_ids_and_outcomes(
    second_repository: NestedBazel, bare: dict[str, str], tell: Callable[[str], None], flags: tuple[str, ...]
) -> None:
    """Every test has its outcome under bare pytest, in the sandbox and outside it, with and without links."""
    finished = second_repository.test(*flags, "--nocache_test_results", "//:pluggy_test")
    assert finished.exit_code == 0, finished.output
    (files,) = finished.tests["//:pluggy_test"].attempts
    bazel = outcomes(files["test.xml"])
    tell(f"{' '.join(flags)}: {summary(bare, bazel)}")
    assert bazel == bare
