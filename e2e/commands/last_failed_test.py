"""`last_failed` after a real `bazel test`: what failed runs again, from any folder, and nothing else."""

import os
import pathlib

import pytest

from e2e.support.code_blocks import is_output, shell_blocks
from e2e.support.nested_bazel import BAZELRC, Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_test.bzl", plain_py_test = "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        data = ["mended"],
    )
    for name in ["collect_test", "crash_test", "good_test", "ids_test"]
]

py_test(
    name = "late_test",
    timeout = "short",
    srcs = ["late_test.py"],
    data = ["mended"],
)

py_test(
    name = "shared_test",
    srcs = ["ids_test.py"],
    data = ["mended"],
    options = ["-k", "plain"],
    shard_count = 2,
)

plain_py_test(
    name = "bare_test",
    srcs = ["bare_test.py"],
    data = ["mended"],
)
"""

_MENDED = """\
import os, pathlib

MENDED = "yes" in (pathlib.Path(__file__).parent / "mended").read_text()

"""

# What a filter, a shell, XML or JSON might take for something else.
_VALUES = [
    "a b",
    "a,b",
    "[",
    "]",
    "1] [2",
    "it's",
    '"q"',
    "x::y",
    "a/b",
    "$HOME `x`",
    "\\",
    "*",
    "é",
    "\x1b[31m",
    "-x",
    "{}",
]

_FILES = {
    "mended": "no",
    "bare_test.py": _MENDED + "assert MENDED",
    "good_test.py": "def test_good(): pass",
    "collect_test.py": _MENDED + "assert MENDED\n\ndef test_collected(): pass",
    "crash_test.py": _MENDED + "def test_fails(): assert MENDED\n\ndef test_dies():\n    if not MENDED: os._exit(0)",
    "late_test.py": _MENDED
    + "import threading\n\ndef test_first(): pass\n\ndef test_hangs():\n    if not MENDED: threading.Event().wait()",
    "ids_test.py": _MENDED
    + f"""\
import pytest

@pytest.mark.parametrize("value", {[*_VALUES, "good"]!r})
def test_value(value): assert MENDED or value == "good"

class TestOuter:
    class TestInner:
        def test_plain(self): assert MENDED
        def test_plain_good(self): pass

@pytest.fixture
def broken(): assert MENDED

def test_fixture(broken): pass
""",
}

_LABELS = {f"//pkg:{name}_test" for name in ("bare", "collect", "crash", "ids", "late", "shared")}

# What docs/last_failed.md shows.
_SHOP = {
    "shop/BUILD.bazel": """\
        load("@hermetic_pytest//testing:defs.bzl", "py_test")

        [py_test(name = name, srcs = [name + ".py"]) for name in ["basket_test", "prices_test"]]
        """,
    "shop/basket_test.py": """\
        import pytest

        @pytest.mark.parametrize("prices", [[1, 2], [3]], ids=["1, 2", "3"])
        def test_total(prices): assert sum(prices) == 4 - len(prices)

        def test_empty(): assert [] == [0]
        """,
    "shop/prices_test.py": "import os\n\ndef test_price(): os._exit(1)",
}

# A name for the configuration, and another place for the links to results.
_RC = "build:other -c opt\nbuild:other --symlink_prefix=other-\n"


@pytest.fixture(scope="module")
def first_run(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over a target of each kind."""
    nested_bazel.write({f"pkg/{name}": text for name, text in _FILES.items()})
    nested_bazel.write({"pkg/BUILD.bazel": _BUILD, ".bazelrc": BAZELRC + _RC, **_SHOP})
    return nested_bazel.test("//...", "--keep_going", "--test_timeout=10,300,900,3600", "--config=other")


def _last_failed(bazel: NestedBazel, *arguments: str, run_flags: tuple[str, ...] = ()) -> Invocation:
    """Runs the program from a folder of the workspace."""
    startup = bazel.command_line("help")[:-1]
    command = bazel.command_line("run", *run_flags, "@hermetic_pytest//testing:last_failed", "--")
    return bazel.execute([*command, f"--bazel={' '.join(startup)}", *arguments], cwd=bazel.workspace / "pkg")


def test_list(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """The command is printed, with flags after the program's name or before it."""
    assert {label for label, result in first_run.tests.items() if result.status != "PASSED"} > _LABELS
    ways = [
        _last_failed(nested_bazel, "--list", "//pkg:all", run_flags=("--config=other",)),
        _last_failed(nested_bazel, "--list", "//pkg:all", "--config=other"),
    ]
    for way in ways:
        assert way.exit_code == 0, way.output
        assert "failed tests and 4 targets as a whole, in 6 targets\n" in way.output
        assert way.output.splitlines()[-1].endswith(" //pkg:bare_test")


def test_page(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """The page shows what the program prints."""
    assert first_run.tests
    root = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"])
    output = next(text for block, text in shell_blocks(root, "docs/last_failed.md") if "--list" in block.text)
    invocation = _last_failed(nested_bazel, "--list", "//shop/...", run_flags=("--config=other",))
    startup = " ".join(nested_bazel.command_line("help")[1:-1])
    assert is_output(output, invocation.output.replace(f" {startup}", "")), invocation.output


def test_failed_tests(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """Exactly the tests that failed run again, whatever their ids, and targets that failed as a whole run whole."""
    assert first_run.exit_code != 0
    nested_bazel.write({"pkg/mended": "yes"})
    rerun = _last_failed(nested_bazel, "--config=other", "//pkg:all", run_flags=("--config=other",))
    assert rerun.exit_code == 0, rerun.output
    assert "Executed 5 out of 5 tests: 5 tests pass." in rerun.output
    assert "Executed 1 out of 1 test: 1 test passes." in rerun.output
    testlogs = nested_bazel.workspace / "other-testlogs/pkg"
    ran = {
        name: sum((testlogs / name / part).read_text().count("<testcase ") for part in parts)
        for name, parts in {
            "collect_test": ["test.xml"],
            "crash_test": ["test.xml"],
            "ids_test": ["test.xml"],
            "late_test": ["test.xml"],
            "shared_test": ["shard_1_of_2/test.xml", "shard_2_of_2/test.xml"],
        }.items()
    }
    assert ran == {"collect_test": 1, "crash_test": 2, "ids_test": len(_VALUES) + 2, "late_test": 2, "shared_test": 1}


def test_nothing_failed(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """After that nothing is left to run, which is a success."""
    assert first_run.exit_code != 0
    invocation = _last_failed(nested_bazel, "//pkg/...", run_flags=("--config=other",))
    assert invocation.exit_code == 0
    assert "last_failed: nothing failed (bazel-testlogs: the last result of each target)\n" in invocation.output


def test_gone(nested_bazel: NestedBazel, first_run: Invocation) -> None:
    """A failed target that is not there any more is named; one whose package is broken is still asked for."""
    assert first_run.exit_code != 0
    rule = 'load("@hermetic_pytest//testing:defs.bzl", "py_test")\npy_test(name = "x_test", srcs = ["x_test.py"])\n'
    for package in ("gone", "empty", "broken"):
        nested_bazel.write({f"{package}/BUILD.bazel": rule, f"{package}/x_test.py": "def test_x(): assert 0"})
    assert nested_bazel.test("//gone/...", "//empty/...", "//broken/...", "--keep_going").exit_code == 3
    nested_bazel.write({"gone/BUILD.bazel": "", "broken/BUILD.bazel": rule + "]"})
    (nested_bazel.workspace / "empty/BUILD.bazel").unlink()
    invocation = _last_failed(nested_bazel, "--list")
    assert "last_failed: not there any more: //empty:x_test, //gone:x_test\n" in invocation.output
    assert invocation.output.rstrip().endswith('["broken/x_test.py::test_x"]}\' //broken:x_test')
