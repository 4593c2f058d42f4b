"""Quarantine in a repository: what fails in it does not fail its target, and nothing else is excused."""

import os
import pathlib

import pytest

from e2e.support.code_blocks import find_blocks, is_output, shell_blocks
from e2e.support.nested_bazel import Invocation, NestedBazel

_PYTEST = """\
load("@hermetic_pytest//testing:defs.bzl", "with_defaults")

pytest = with_defaults(quarantine = "//:quarantine.json")
py_test = pytest.py_test
"""

_BUILD = """\
load("//tools:pytest.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
    )
    for name in ["all_test", "collect_test", "crash_test", "gone_test", "expired_test"]
]

py_test(
    name = "hang_test",
    timeout = "short",
    srcs = ["hang_test.py"],
)

py_test(
    name = "shards_test",
    srcs = ["all_test.py"],
    shard_count = 2,
)

py_test(
    name = "async_test",
    srcs = ["async_test.py"],
    deps = ["@hermetic_pytest//testing:conftest"],
)

py_test(
    name = "bad_file_test",
    srcs = ["all_test.py"],
    quarantine = "bad.json",
)

py_test(
    name = "everything_test",
    srcs = ["all_test.py"],
    quarantine = "everything.json",
)

py_test(
    name = "other_test",
    srcs = ["all_test.py"],
    quarantine = None,
)
"""

_TERMS = '"reason": "server is slow", "owner": "ann", "until": "2099-06-30"'

_ENTRIES = f"""\
[
  {{"id": "pkg/gone_test.py::test_gone", {_TERMS}}},
  {{"id": "pkg/expired_test.py::test_a", "reason": "r", "owner": "o", "until": "2001-02-03"}},
  {{"pattern": "pkg/*::test_bad*", {_TERMS}}},
  {{"id": "shop/basket_test.py::test_total[3]", {_TERMS}}},
  {{"id": "@lib//code:lib_test code/lib_test.py::test_bad", {_TERMS}}}
]
"""

_FILES = {
    "quarantine.json": _ENTRIES,
    "BUILD.bazel": 'exports_files(["quarantine.json"])\n',
    "tools/BUILD.bazel": "",
    "tools/pytest.bzl": _PYTEST,
    "pkg/BUILD.bazel": _BUILD,
    "pkg/everything.json": f'[{{"pattern": "*::*", {_TERMS}}}]',
    "pkg/bad.json": '[{"id": "x"}]',
    "pkg/all_test.py": "def test_bad_a(): assert 1 == 2\n\ndef test_bad_b(): assert 1 == 3\n",
    "pkg/async_test.py": "import asyncio\n\nasync def test_bad():\n    await asyncio.sleep(0)\n    assert 1 == 2\n",
    "pkg/collect_test.py": "import no_such_module\n\ndef test_bad(): pass\n",
    "pkg/crash_test.py": "import os\n\ndef test_bad(): os._exit(0)\n",
    "pkg/gone_test.py": "def test_a(): pass\n",
    "pkg/hang_test.py": "import threading\n\ndef test_bad(): threading.Event().wait()\n",
    "pkg/expired_test.py": "def test_a(): pass\n",
    # Another module, whose target has the main repository's file.
    "lib/MODULE.bazel": 'module(name = "lib")\n\nbazel_dep(name = "hermetic_pytest")\n',
    "lib/code/BUILD.bazel": """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "lib_test",
    srcs = ["lib_test.py"],
    quarantine = "@@//:quarantine.json",
)
""",
    "lib/code/lib_test.py": "def test_bad(): assert 1 == 2\n",
    # What docs/quarantine.md shows.
    "shop/BUILD.bazel": """\
load("//tools:pytest.bzl", "py_test")

py_test(
    name = "basket_test",
    srcs = ["basket_test.py"],
)
""",
    "shop/basket_test.py": """\
import os
import pytest

@pytest.mark.parametrize("prices", [[1, 2], [3]], ids=["1, 2", "3"])
def test_total(prices): assert len(prices) == 1 or os.environ.get("TEST_RUN_NUMBER") in ("1", "3")

def test_empty(): assert sum([]) == 0
""",
}

_LIB = """
bazel_dep(name = "lib")
local_path_override(
    module_name = "lib",
    path = "lib",
)
"""

_ID = "shop/basket_test.py::test_total[1, 2]"


@pytest.fixture(scope="module")
def first_run(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over a target of each kind."""
    nested_bazel.write(_FILES)
    with (nested_bazel.workspace / "MODULE.bazel").open("a", encoding="utf-8") as module:
        module.write(_LIB)
    return nested_bazel.test("//pkg/...", "--keep_going", "--test_timeout=10,300,900,3600")


def _quarantine(bazel: NestedBazel, *arguments: str) -> Invocation:
    """Runs the program."""
    startup = bazel.command_line("help")[:-1]
    command = bazel.command_line("run", "@hermetic_pytest//testing:quarantine", "--")
    return bazel.execute([*command, f"--bazel={' '.join(startup)}", *arguments], cwd=bazel.workspace)


def _page_output(option: str) -> str:
    """Finds what the page shows for a command."""
    return next(output for block, output in shell_blocks(_root(), "docs/quarantine.md") if option in block.text)


def _root() -> pathlib.Path:
    return pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"])


def test_statuses(first_run: Invocation) -> None:
    """Failures in quarantine pass; crashes, timeouts, collections, bad entries and other targets' failures do not."""
    assert {label: result.status for label, result in first_run.tests.items()} == {
        "//pkg:all_test": "PASSED",
        "//pkg:async_test": "PASSED",
        "//pkg:bad_file_test": "FAILED",
        "//pkg:collect_test": "FAILED",
        "//pkg:crash_test": "FAILED",
        "//pkg:everything_test": "FAILED",
        "//pkg:gone_test": "FAILED",
        "//pkg:hang_test": "TIMEOUT",
        "//pkg:other_test": "FAILED",
        "//pkg:expired_test": "FAILED",
        "//pkg:shards_test": "PASSED",
    }


def test_all_quarantined(first_run: Invocation) -> None:
    """A target in which nothing else ran is good, and says so; test.xml has the failures."""
    log = first_run.tests["//pkg:all_test"].log
    assert "hermetic_pytest: //pkg:all_test: each of its 2 tests failed in quarantine: nothing else has run\n" in log
    text = first_run.tests["//pkg:all_test"].attempts[0]["test.xml"].read_text(encoding="utf-8")
    assert 'failures="0"' in text
    assert (
        text.count('<skipped type="hermetic_pytest.quarantined" message="quarantined: server is slow (owner: ann') == 2
    )
    assert "assert 1 == 3" in text


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("//pkg:gone_test", "quarantine.json: pkg/gone_test.py::test_gone names no test of //pkg:gone_test"),
        ("//pkg:expired_test", "quarantine.json: the last date of pkg/expired_test.py::test_a, 2001-02-03, has passed"),
        ("//pkg:everything_test", 'entry 1 (*::*) has pattern = "*::*", which is for the tests of every target'),
        ("//pkg:bad_file_test", "//pkg:bad_file_test: quarantine file pkg/bad.json: entry 1 (x) has no reason"),
    ],
)
def test_errors(first_run: Invocation, label: str, words: str) -> None:
    """An entry that is wrong is told in the log."""
    assert words in first_run.tests[label].log


@pytest.mark.parametrize("name", ["crash_test", "hang_test"])
def test_cut_off(first_run: Invocation, name: str) -> None:
    """Of a run that died nobody says that nothing else was to run."""
    assert "nothing else has run" not in first_run.tests[f"//pkg:{name}"].log


def test_other_repository(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """A target of another module is named as the main repository names it, and a misspelt one is refused."""
    assert first_run.exit_code != 0
    run = nested_bazel.test("@lib//code:lib_test")
    assert [result.status for result in run.tests.values()] == ["PASSED"], run.output
    [log] = [result.log for result in run.tests.values()]
    assert "QUARANTINED code/lib_test.py::test_bad - server is slow (owner: ann, until 2099-06-30)\n" in log
    terms = ("--reason=r", "--owner=o", "--until=2099-06-30")
    misspelt = _quarantine(nested_bazel, "--add", "@lob//code:lib_test code/lib_test.py::test_a", *terms)
    assert misspelt.exit_code == 1
    assert "test_a is for a target that is not there, expected a label of the workspace" in misspelt.output


def test_suggest_and_add(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """A test that failed in one of several runs is suggested; when it is added its target passes, as the page shows."""
    assert first_run.exit_code != 0
    flaky = nested_bazel.test("//shop/...", "--runs_per_test=3")
    assert flaky.exit_code == 3
    suggested = _quarantine(nested_bazel, "--suggest")
    assert suggested.exit_code == 0, suggested.output
    assert is_output(_page_output("--suggest"), suggested.output), suggested.output
    terms = ("--reason=server is slow", "--owner=ann", "--until=2099-06-30")
    added = _quarantine(nested_bazel, "--add", _ID, *terms)
    assert (
        f"quarantine.json: added {_ID}, server is slow (owner: ann, until 2099-06-30); entries in it: 6" in added.output
    )
    run = nested_bazel.test("//shop/...")
    assert run.exit_code == 0, run.output
    page = next(block.text for block in find_blocks(_root(), "docs/quarantine.md") if "QUARANTINED FAIL" in block.text)
    log = run.tests["//shop:basket_test"].log
    assert is_output(page, log), log


def test_check_and_remove(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """A check finds what has expired whatever is cached, and what is removed fails its target again."""
    assert first_run.exit_code != 0
    checked = _quarantine(nested_bazel, "--check")
    assert checked.exit_code == 1
    assert "to be looked at: 1\n" in checked.output
    assert _quarantine(nested_bazel, "--remove", "pkg/expired_test.py::test_a").exit_code == 0
    assert _quarantine(nested_bazel, "--check").exit_code == 0
    assert _quarantine(nested_bazel, "--remove", "pkg/*::test_bad*").exit_code == 0
    run = nested_bazel.test("//pkg:expired_test", "//pkg:all_test", "--keep_going")
    statuses = {label: result.status for label, result in run.tests.items()}
    assert statuses == {"//pkg:all_test": "FAILED", "//pkg:expired_test": "PASSED"}
