"""What Bazel reports of a target is what pytest says of its tests."""

import xml.etree.ElementTree as ElementTree

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in [
        "empty_test",
        "fail_test",
        "mixed_test",
        "pass_test",
        "syntax_test",
    ]
]
"""

_MIXED = """\
import pytest

def test_passes():
    pass

@pytest.mark.skip(reason="not today")
def test_skips():
    raise AssertionError

@pytest.mark.xfail(strict=True)
def test_expected():
    raise AssertionError

@pytest.mark.parametrize("value", [1, 2])
def test_values(value):
    assert value > 0
"""


@pytest.fixture(scope="module")
def outcomes(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over a target of each kind."""
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/pass_test.py": "def test_it(): pass\n",
            "pkg/fail_test.py": "def test_good(): pass\n\ndef test_bad(): assert 1 == 2\n",
            "pkg/empty_test.py": "def helper(): pass\n",
            "pkg/syntax_test.py": "def test_it(:\n",
            "pkg/mixed_test.py": _MIXED,
        }
    )
    return nested_bazel.test("//...", "--keep_going")


def test_bazel_reports_failed_tests(outcomes: Invocation) -> None:
    """Bazel's exit code 3 says that the build is good and a test is not."""
    assert outcomes.exit_code == 3, outcomes.output


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("pass_test", "PASSED"),
        ("mixed_test", "PASSED"),
        ("fail_test", "FAILED"),
        ("empty_test", "FAILED"),
        ("syntax_test", "FAILED"),
    ],
)
def test_status(outcomes: Invocation, name: str, status: str) -> None:
    """A target passes only if it ran tests and all of them passed."""
    assert outcomes.tests[f"//pkg:{name}"].status == status


def test_cases_by_full_module_name(outcomes: Invocation) -> None:
    """test.xml has every case under its module's full name, without any __init__.py."""
    assert outcomes.tests["//pkg:mixed_test"].cases() == {
        "pkg.mixed_test::test_passes": "passed",
        "pkg.mixed_test::test_skips": "skipped",
        "pkg.mixed_test::test_expected": "skipped",
        "pkg.mixed_test::test_values[1]": "passed",
        "pkg.mixed_test::test_values[2]": "passed",
    }


def test_suite_has_the_label(outcomes: Invocation) -> None:
    """The suite in test.xml is named after the target."""
    (files,) = outcomes.tests["//pkg:fail_test"].attempts
    suite = ElementTree.parse(files["test.xml"]).find("testsuite")
    assert suite is not None
    assert suite.get("name") == "//pkg:fail_test"
