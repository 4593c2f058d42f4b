"""Bazel 8 and 9 have other defaults than 7; what they change is tried with their flags."""

import pytest

from e2e.support.lcov import Source, read_report
from e2e.support.nested_bazel import NestedBazel

# https://bazel.build/release and the release notes of 8.0 and 9.0.
_FLAGS = (
    "--incompatible_use_plus_in_repo_names",
    "--nolegacy_external_runfiles",
    "--nobuild_runfile_links",
    "--incompatible_disallow_empty_glob",
    "--incompatible_strict_action_env",
    "--noenable_workspace",
)

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(name = "lib", srcs = ["lib.py"])

py_test(
    name = "smallest_test",
    srcs = ["smallest_test.py"],
    deps = ["@hermetic_pytest//testing:conftest"],
)

py_test(
    name = "sharded_test",
    srcs = ["sharded_test.py"],
    shard_count = 2,
    deps = [":lib", "@hermetic_pytest//testing:conftest"],
)
"""

_CASES = {
    "//pkg:smallest_test": {"pkg.smallest_test::test_it": "passed"},
    "//pkg:sharded_test": {"pkg.sharded_test::test_a": "passed", "pkg.sharded_test::test_b": "passed"},
}


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with the smallest target and a sharded one that measures a library."""
    nested_bazel.link_runfiles()
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/lib.py": "def double(x):\n    return 2 * x\n",
            "pkg/smallest_test.py": "async def test_it(pytester):\n    pytester.runpytest().assert_outcomes()\n",
            "pkg/sharded_test.py": (
                "from pkg import lib\n\ndef test_a():\n    assert lib.double(1) == 2\n\ndef test_b():\n    pass\n"
            ),
        }
    )
    return nested_bazel


@pytest.mark.parametrize("flags", [*([flag] for flag in _FLAGS), list(_FLAGS)], ids=lambda flags: " ".join(flags))
def test_tests(workspace: NestedBazel, flags: list[str]) -> None:
    """Each default alone, and all of them together, leave the outcomes as they are."""
    finished = workspace.test(*flags, "//pkg:all")
    assert {label: result.cases() for label, result in finished.tests.items()} == _CASES, finished.output


def test_coverage(workspace: NestedBazel) -> None:
    """What is measured is the same, without the two flags that bazelw's own settings for coverage cannot bear.

    These settings hold the old names of repositories. Bazel 7 gives a test action the program that merges its
    coverage without the program's runfiles, which are found on the disk alone; Bazel 8 gives both.
    """
    flags = [flag for flag in _FLAGS if not flag.endswith(("plus_in_repo_names", "build_runfile_links"))]
    finished = workspace.test(*flags, "//pkg:sharded_test", command="coverage")
    assert finished.exit_code == 0, finished.output + "".join(result.log for result in finished.tests.values())
    report = workspace.workspace / "bazel-out/_coverage/_coverage_report.dat"
    assert read_report(report) == {"pkg/lib.py": Source(lines={1: True, 2: True})}
