"""A target that Bazel runs more than once, or ends at the first failure."""

import pathlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "shuffled_test",
    srcs = [
        "a_test.py",
        "b_test.py",
    ],
    shuffle = True,
)

py_test(
    name = "sharded_test",
    srcs = [
        "a_test.py",
        "b_test.py",
    ],
    shard_count = 2,
    shuffle = True,
)

py_test(
    name = "ordered_test",
    srcs = ["a_test.py"],
)

py_test(
    name = "flaky_test",
    srcs = ["flaky_test.py"],
    flaky = True,
    # To remember its attempts the test must write to a folder outside of its sandbox.
    tags = ["local"],
)

py_test(
    name = "failing_test",
    srcs = ["failing_test.py"],
)
"""

_MANY = "".join(f"def test_{letter}(): pass\n\n" for letter in "abcdefgh")

_FLAKY = """\
import os
import pathlib

def test_steady(): pass

def test_flaky():
    attempts = pathlib.Path(os.environ["ATTEMPTS"])
    attempts.write_text(attempts.read_text() + "x" if attempts.exists() else "x")
    print("attempt", len(attempts.read_text()))
    assert len(attempts.read_text()) == 3
"""

_FAILING = """\
def test_first(): assert False

def test_second(): assert False

def test_third(): assert False
"""


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with a target for each question."""
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/a_test.py": _MANY,
            "pkg/b_test.py": _MANY,
            "pkg/flaky_test.py": _FLAKY,
            "pkg/failing_test.py": _FAILING,
        }
    )
    return nested_bazel


@pytest.fixture(scope="module")
def three_runs(workspace: NestedBazel) -> Invocation:
    """Each target three times."""
    return workspace.test("--runs_per_test=3", "//pkg:shuffled_test", "//pkg:sharded_test", "//pkg:ordered_test")


def _names(files: Mapping[str, pathlib.Path]) -> list[str]:
    """Lists the cases of a test.xml in their order."""
    return [
        f"{case.get('classname')}::{case.get('name')}" for case in ElementTree.parse(files["test.xml"]).iter("testcase")
    ]


def _log(files: Mapping[str, pathlib.Path]) -> str:
    return files["test.log"].read_text(encoding="utf-8")


def _run(files: Mapping[str, pathlib.Path]) -> int:
    """Reads a run's number from the path that Bazel gives its results."""
    return int(files["test.log"].parent.name.split("run_")[1].split("_of_")[0])


def test_seed_in_the_header(three_runs: Invocation) -> None:
    """Each run prints its number and Bazel's seed, also where the order is not random."""
    assert three_runs.exit_code == 0, three_runs.output
    attempts = three_runs.tests["//pkg:ordered_test"].attempts
    assert sorted(map(_run, attempts)) == [1, 2, 3]
    for files in attempts:
        lines = _log(files).splitlines()
        assert f"run: {_run(files)} (TEST_RUN_NUMBER)" in lines
        assert f"random seed: {_run(files)} (TEST_RANDOM_SEED)" in lines
        assert "random order" not in _log(files)


def test_ordered_by_default(three_runs: Invocation) -> None:
    """A seed alone shuffles nothing."""
    orders = [_names(files) for files in three_runs.tests["//pkg:ordered_test"].attempts]
    assert orders == [[f"pkg.a_test::test_{letter}" for letter in "abcdefgh"]] * 3


def test_shuffled(three_runs: Invocation) -> None:
    """Each run has an order of its own, and all tests."""
    orders = [_names(files) for files in three_runs.tests["//pkg:shuffled_test"].attempts]
    assert len({tuple(order) for order in orders}) == 3
    assert len({tuple(sorted(order)) for order in orders}) == 1
    assert len(orders[0]) == 16


def test_same_order_again(workspace: NestedBazel, three_runs: Invocation) -> None:
    """The log says how to run once more in the order of one of the runs."""
    (second,) = (files for files in three_runs.tests["//pkg:shuffled_test"].attempts if _run(files) == 2)
    assert "random order: seed 2, again with --test_env=TEST_RANDOM_SEED=2\n" in _log(second)
    again = workspace.test("--test_env=TEST_RANDOM_SEED=2", "//pkg:shuffled_test")
    (files,) = again.tests["//pkg:shuffled_test"].attempts
    assert _names(files) == _names(second)


def test_order_without_a_seed(workspace: NestedBazel) -> None:
    """An ordinary run has always the same order, so that its result can be cached."""
    orders = [
        [
            _names(files)
            for files in workspace.test("--nocache_test_results", "//pkg:shuffled_test")
            .tests["//pkg:shuffled_test"]
            .attempts
        ]
        for _ in range(2)
    ]
    assert orders[0] == orders[1]
    assert orders[0][0] != sorted(orders[0][0])


def test_same_shards_in_any_order(three_runs: Invocation) -> None:
    """Which tests a shard gets does not depend on the seed; all shards together have all tests."""
    shards: dict[str, set[frozenset[str]]] = {"shard_1_of_2": set(), "shard_2_of_2": set()}
    for files in three_runs.tests["//pkg:sharded_test"].attempts:
        shards[files["test.log"].parent.name.split("_run_")[0]].add(frozenset(_names(files)))
    ((first,), (second,)) = shards.values()
    assert (len(first), len(second), len(first | second)) == (8, 8, 16)


def test_flaky(workspace: NestedBazel) -> None:
    """Bazel tries a flaky target up to three times; each attempt has its own log and test.xml."""
    attempts = workspace.workspace / "attempts"
    result = workspace.test(f"--test_env=ATTEMPTS={attempts}", "//pkg:flaky_test")
    assert result.exit_code == 0, result.output
    flaky = result.tests["//pkg:flaky_test"]
    assert flaky.status == "FLAKY"
    printed = [line for files in flaky.attempts for line in _log(files).splitlines() if line.startswith("attempt ")]
    assert printed == ["attempt 1", "attempt 2"]
    outcomes = [_outcomes(files) for files in flaky.attempts]
    assert outcomes == [["passed", "failure"], ["passed", "failure"], ["passed", "passed"]]


def test_attempts_on_demand(workspace: NestedBazel) -> None:
    """--flaky_test_attempts does the same for any target."""
    result = workspace.test("--flaky_test_attempts=2", "//pkg:failing_test").tests["//pkg:failing_test"]
    assert result.status == "FAILED"
    assert [_outcomes(files) for files in result.attempts] == [["failure"] * 3] * 2


@pytest.mark.parametrize(
    ("arguments", "failures"),
    [(["--test_runner_fail_fast"], 1), (["--test_runner_fail_fast", "--test_arg=--maxfail=2"], 2), ([], 3)],
)
def test_fail_fast(workspace: NestedBazel, arguments: list[str], failures: int) -> None:
    """--test_runner_fail_fast ends a target at its first failure, unless a user sets another limit."""
    result = workspace.test(*arguments, "//pkg:failing_test").tests["//pkg:failing_test"]
    assert result.status == "FAILED"
    (files,) = result.attempts
    assert _outcomes(files) == ["failure"] * failures


def _outcomes(files: Mapping[str, pathlib.Path]) -> list[str]:
    cases = ElementTree.parse(files["test.xml"]).iter("testcase")
    return [next((child.tag for child in case if child.tag in ("failure", "error")), "passed") for case in cases]
