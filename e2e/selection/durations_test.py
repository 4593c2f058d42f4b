"""Shards by durations: a run, an update of the file, and shards that take equally long."""

import json
import pathlib
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel, TestResult

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "api_test",
    srcs = [
        "fast_test.py",
        "slow_test.py",
    ],
    durations = "api_test.durations.json",
    shard_count = 4,
)

py_test(
    name = "broken_test",
    srcs = ["fast_test.py"],
    durations = "broken.json",
    shard_count = 2,
    tags = ["manual"],
)
"""

_FAST = """\
import pytest

@pytest.mark.parametrize("number", range(20))
def test_fast(number): pass
"""

_SLOW = """\
import pytest

class TestOuter:
    class TestInner:
        @pytest.mark.parametrize("text", ["x y", "::", "[", "a/b.c"])
        def test_slow(self, text): pass

@pytest.mark.skip
def test_skipped(): pass

def test_fails(): assert 1 == 2
"""

_SLOW_IDS = [f"pkg/slow_test.py::TestOuter::TestInner::test_slow[{text}]" for text in ("x y", "::", "[", "a/b.c")]
_IDS = [f"pkg/fast_test.py::test_fast[{number}]" for number in range(20)] + _SLOW_IDS
_IDS += ["pkg/slow_test.py::test_skipped", "pkg/slow_test.py::test_fails"]
_FILE = "pkg/api_test.durations.json"

# Sums to 40 s: one test for a shard of its own, and much to do for the others.
_SKEWED = dict.fromkeys(_IDS, 0.5) | dict(zip(_SLOW_IDS, (10.0, 8.0, 7.0, 4.0), strict=True))


def _ids(result: TestResult) -> list[list[str]]:
    """Reads the tests that ran from each shard's test.xml."""
    path = "testcase/properties/property[@name='hermetic_pytest.test_id']"
    return [
        [str(each.get("value")) for each in ElementTree.parse(files["test.xml"]).iterfind(f".//{path}")]
        for files in result.attempts
    ]


@pytest.fixture(scope="module")
def first_run(nested_bazel: NestedBazel) -> Invocation:
    """The tests, run when nothing is known of them."""
    files = {"BUILD.bazel": _BUILD, "fast_test.py": _FAST, "slow_test.py": _SLOW}
    nested_bazel.write({f"pkg/{name}": text for name, text in files.items()} | {_FILE: "{}\n"})
    return nested_bazel.test("//pkg:api_test")


@pytest.fixture(scope="module")
def update(nested_bazel: NestedBazel, first_run: Invocation) -> tuple[Invocation, str]:
    """The update after that run, and the text that it wrote."""
    assert "//pkg:api_test" in first_run.tests
    invocation = nested_bazel.run("run", "@hermetic_pytest//testing:update_durations")
    return invocation, (nested_bazel.workspace / _FILE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def second_run(nested_bazel: NestedBazel, update: tuple[Invocation, str]) -> Invocation:
    """The tests, run with durations that a machine's speed has no part in."""
    assert update[1] != "{}\n"
    nested_bazel.write({_FILE: json.dumps(_SKEWED)})
    return nested_bazel.test("//pkg:api_test")


def test_nothing_known(first_run: Invocation) -> None:
    """As long as nothing is known the shards are the whole, and have equally many tests but for a twentieth."""
    shards = _ids(first_run.tests["//pkg:api_test"])
    assert sorted(test for shard in shards for test in shard) == sorted(_IDS)
    assert [len(shard) for shard in shards] == [7, 7, 6, 6]


def test_update(update: tuple[Invocation, str]) -> None:
    """All tests of all shards are in the file, in order, and one on each line."""
    invocation, text = update
    assert invocation.exit_code == 0, invocation.output
    assert f"{_FILE}: written; tests in it: 26, measured in the last run: 26 (//pkg:api_test)\n" in invocation.output
    assert list(json.loads(text)) == sorted(_IDS)
    assert all(re.fullmatch(r'  ".*": \d+\.\d+,?', line) for line in text.splitlines()[1:-1])
    assert len(text.splitlines()) == 28


def test_balance(second_run: Invocation) -> None:
    """By the file's numbers no shard takes longer than 1.1 times the optimum, and each test runs in one."""
    result = second_run.tests["//pkg:api_test"]
    shards = _ids(result)
    assert Counter(test for shard in shards for test in shard) == Counter(_IDS)
    optimum = max(sum(_SKEWED.values()) / 4, *_SKEWED.values())
    assert max(sum(_SKEWED[test] for test in shard) for shard in shards) <= 1.1 * optimum
    assert sorted(result.cases().values()) == ["failure", *["passed"] * 24, "skipped"]


def test_part_of_a_run(nested_bazel: NestedBazel, second_run: Invocation) -> None:
    """An update after a filtered run keeps what is known of the other tests."""
    assert second_run.exit_code != 0
    nested_bazel.test("//pkg:api_test", "--test_filter=test_slow")
    assert nested_bazel.run("run", "@hermetic_pytest//testing:update_durations", "--", "//pkg:api_test").exit_code == 0
    known = json.loads((nested_bazel.workspace / _FILE).read_text(encoding="utf-8"))
    assert {test for test in known if known[test] != _SKEWED[test]} == set(_SLOW_IDS)
    assert set(known) == set(_IDS)


def test_malformed_file(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """No shard runs by a file that is malformed, and the log says where and how to mend it."""
    assert first_run.tests
    nested_bazel.write({"pkg/broken.json": '{"pkg/fast_test.py::test_fast[0]": -1}'})
    result = nested_bazel.test("//pkg:broken_test").tests["//pkg:broken_test"]
    assert result.status == "FAILED"
    words = "//pkg:broken_test: durations file _main/pkg/broken.json has -1.0 for 'pkg/fast_test.py::test_fast[0]', "
    assert result.log.count(words) == 2


def test_no_results(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """An update that finds nothing fails and says what it looked for."""
    assert first_run.tests
    invocation = nested_bazel.run("run", "@hermetic_pytest//testing:update_durations", "--", "//other/...")
    assert invocation.exit_code != 0
    testlogs = pathlib.Path(nested_bazel.workspace, "bazel-testlogs")
    assert f"{testlogs} has no test.xml of //other/... with durations; " in invocation.output
