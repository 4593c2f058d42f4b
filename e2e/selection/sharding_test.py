"""A target's shards are together the target, however many there are."""

from collections import Counter

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel, TestResult

_TOTALS = (1, 2, 3, 7, 50)

_BUILD = f"""\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

_SRCS = ["first_test.py", "second_test.py", "third_test.py"]

py_test(
    name = "whole_test",
    srcs = _SRCS,
)

[
    py_test(
        name = "shards_{{}}_test".format(total),
        srcs = _SRCS,
        shard_count = total,
    )
    for total in {list(_TOTALS)}
]

[
    py_test(
        name = "by_{{}}_test".format(unit),
        srcs = _SRCS,
        shard_by = unit,
        shard_count = 3,
    )
    for unit in ["class", "module"]
]

py_test(
    name = "few_test",
    srcs = ["few_test.py"],
    shard_count = 3,
)

py_test(
    name = "none_test",
    srcs = ["none_test.py"],
    shard_count = 3,
)
"""

# The order of a set's strings differs from process to process, with Python's hash seed.
_FIRST = """\
import pytest

@pytest.mark.parametrize("letter", set("abcdefghij"))
def test_letters(letter): pass

@pytest.mark.parametrize("text", ["x y", "a,b", "[", "]", "::", "é"])
def test_texts(text): pass

def test_fails(): assert 1 == 2
"""

_SECOND = """\
import pytest

class TestOuter:
    def test_one(self): pass

    class TestInner:
        def test_two(self): pass

        @pytest.mark.skip(reason="not today")
        def test_three(self): pass

    @pytest.mark.xfail(strict=True)
    def test_four(self): raise AssertionError

@pytest.fixture
def broken(): raise OSError

def test_error(broken): pass
"""

_THIRD = """\
import unittest

class CaseTest(unittest.TestCase):
    def test_one(self): pass
    def test_two(self): self.fail("as it should")

def test_plain(): pass
"""


@pytest.fixture(scope="module")
def shards(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over all targets."""
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/first_test.py": _FIRST,
            "pkg/second_test.py": _SECOND,
            "pkg/third_test.py": _THIRD,
            "pkg/few_test.py": "def test_one(): pass\n\ndef test_two(): pass\n",
            "pkg/none_test.py": "def helper(): pass\n",
        }
    )
    return nested_bazel.test("//...", "--keep_going")


def _by_shard(result: TestResult) -> list[dict[str, str]]:
    return [TestResult(result.status, [files]).cases() for files in result.attempts]


@pytest.mark.parametrize("name", [*(f"shards_{total}_test" for total in _TOTALS), "by_class_test", "by_module_test"])
def test_shards_are_the_whole(shards: Invocation, name: str) -> None:
    """Each test is in one shard's test.xml, with the outcome that it has in an unsharded run."""
    whole = shards.tests["//pkg:whole_test"].cases()
    assert len(whole) == 25
    assert set(whole.values()) == {"passed", "skipped", "failure", "error"}
    cases = [case for shard in _by_shard(shards.tests[f"//pkg:{name}"]) for case in shard.items()]
    assert Counter(cases) == Counter(whole.items())


@pytest.mark.parametrize("total", _TOTALS)
def test_number_of_shards(shards: Invocation, total: int) -> None:
    """Bazel accepts each shard, and the shards are as large as each other."""
    sizes = [len(shard) for shard in _by_shard(shards.tests[f"//pkg:shards_{total}_test"])]
    assert len(sizes) == total
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(("unit", "depth"), [("module", 2), ("class", 3)])
def test_units_stay_together(shards: Invocation, unit: str, depth: int) -> None:
    """No module is in two shards, or no class."""
    places = {
        (".".join(case.split("::")[0].split(".")[:depth]), index)
        for index, shard in enumerate(_by_shard(shards.tests[f"//pkg:by_{unit}_test"]))
        for case in shard
        if case.split("::")[0].count(".") >= depth - 1
    }
    assert len(places) == len({name for name, _ in places}) == 5 - depth


def test_empty_shards_pass(shards: Invocation) -> None:
    """More shards than tests are no failure, and the log says where the tests are."""
    result = shards.tests["//pkg:few_test"]
    assert result.status == "PASSED"
    assert [len(shard) for shard in _by_shard(result)] == [1, 1, 0]
    assert "shard 3 of 3 of //pkg:few_test is empty: tests in the other shards: 2\n" in result.log


def test_no_tests_fail(shards: Invocation) -> None:
    """A target without any test fails, sharded or not."""
    assert shards.tests["//pkg:none_test"].status == "FAILED"
    assert "is empty" not in shards.tests["//pkg:none_test"].log
