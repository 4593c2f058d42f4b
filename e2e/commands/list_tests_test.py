"""`list_tests` in a workspace: which tests there are, without running any, and again for what changed alone."""

import json
import os
import pathlib
from typing import Any

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
    )
    for name in ["ends_test", "good_test", "syntax_test", "unbuilt_test"]
]

py_test(
    name = "shard_test",
    srcs = ["good_test.py"],
    args = ["-k", "plain"],
    env = {"WANTED": "yes"},
    shard_count = 2,
)

plain_py_test(
    name = "bare_test",
    srcs = ["bare_test.py"],
)

genrule(
    name = "unbuilt",
    outs = ["unbuilt_test.py"],
    cmd = "exit 1",
)
"""

_GOOD = """\
import os
import pytest

@pytest.mark.slow
@pytest.mark.parametrize("text", ["a, b", "[c]"])
def test_values(text): raise AssertionError("it ran")

class TestOuter:
    def test_plain(self): raise AssertionError("it ran")

if "WANTED" in os.environ and os.path.isdir(os.environ["TEST_SRCDIR"]):
    def test_plain_too(): pass
"""

_FILES = {
    "BUILD.bazel": _BUILD,
    "bare_test.py": "",
    "ends_test.py": "import os\nos._exit(0)",
    "good_test.py": _GOOD,
    "syntax_test.py": "def test_x(:",
}


# What docs/list_tests.md shows.
_API_RULE = """
py_test(
    name = "api_test",
    srcs = ["api_test.py"],
)
"""
_API = """\
import pytest

@pytest.mark.parametrize("number", range(26))
def test_number(number): raise AssertionError("it ran")
"""


def _list(bazel: NestedBazel, *arguments: str) -> Invocation:
    startup = bazel.command_line("help")[:-1]
    command = bazel.command_line("run", "--noshow_progress", "@hermetic_pytest//testing:list_tests", "--")
    return bazel.execute([*command, f"--bazel={' '.join(startup)}", *arguments], cwd=bazel.workspace / "pkg")


def _read(bazel: NestedBazel, *arguments: str) -> tuple[Invocation, dict[str, dict[str, Any]]]:
    invocation = _list(bazel, "--json", "--output=tests.json", *arguments)
    found = json.loads((bazel.workspace / "pkg/tests.json").read_text(encoding="utf-8"))
    assert found["version"] == 1
    return invocation, {target["label"]: target for target in found["targets"]}


@pytest.fixture(scope="module")
def first(nested_bazel: NestedBazel) -> tuple[Invocation, dict[str, dict[str, Any]]]:
    """The first list."""
    nested_bazel.write({f"pkg/{name}": text for name, text in _FILES.items()})
    nested_bazel.write({".bazelrc": f"{BAZELRC}build:other -c opt\nbuild:other --symlink_prefix=other-\n"})
    return _read(nested_bazel, "//...")


def test_tests(first: tuple[Invocation, dict[str, dict[str, Any]]]) -> None:
    """All tests of a target are there, also of one with shards, with what editors need."""
    _, targets = first
    assert targets["//pkg:good_test"]["error"] is None
    assert targets["//pkg:good_test"]["tests"][0] == {
        "id": "pkg/good_test.py::test_values[a, b]",
        "file": "pkg/good_test.py",
        "line": 4,
        "class": None,
        "name": "test_values",
        "parameters": "a, b",
        "markers": ["slow"],
    }
    ids = [test["id"] for test in targets["//pkg:shard_test"]["tests"]]
    assert ids == ["pkg/good_test.py::TestOuter::test_plain", "pkg/good_test.py::test_plain_too"]


def test_errors(first: tuple[Invocation, dict[str, dict[str, Any]]]) -> None:
    """A target that cannot be collected or built is there with its error; other rules' targets are not."""
    invocation, targets = first
    assert invocation.exit_code == 1
    errors = {label: target["error"] for label, target in targets.items() if target["error"] is not None}
    assert errors.keys() == {"//pkg:ends_test", "//pkg:syntax_test", "//pkg:unbuilt_test"}
    assert errors["//pkg:ends_test"].endswith("exit code 0, before pytest could write a list")
    assert errors["//pkg:syntax_test"].endswith("SyntaxError: invalid syntax")
    assert "Genrule" in errors["//pkg:unbuilt_test"]
    assert "list_tests: 5 tests in 5 targets, 3 with an error\n" in invocation.output


def test_only_changes(nested_bazel: NestedBazel, first: tuple[Invocation, dict[str, dict[str, Any]]]) -> None:
    """A second call makes no list; after a change it makes that of the changed targets."""
    assert first[1]
    again, _ = _read(nested_bazel, "//pkg:good_test", "//pkg:syntax_test", "--subcommands")
    assert "PytestListTests" not in again.output
    nested_bazel.write({"pkg/syntax_test.py": "def test_x(): pass"})
    changed, targets = _read(nested_bazel, "//pkg:good_test", "//pkg:syntax_test", "--subcommands")
    assert changed.exit_code == 0
    assert changed.output.count("PytestListTests") == 1
    assert [test["name"] for test in targets["//pkg:syntax_test"]["tests"]] == ["test_x"]


def test_plain_build(nested_bazel: NestedBazel, first: tuple[Invocation, dict[str, dict[str, Any]]]) -> None:
    """A build without the command makes no list."""
    assert first[1]
    nested_bazel.write({"pkg/good_test.py": _GOOD + "\n"})
    assert "PytestListTests" not in nested_bazel.run("build", "//pkg:good_test", "--subcommands").output


def test_configuration(nested_bazel: NestedBazel, first: tuple[Invocation, dict[str, dict[str, Any]]]) -> None:
    """Flags are Bazel's, and the list is the same."""
    assert first[1]
    invocation = _list(nested_bazel, "--config=other", ":shard_test")
    assert invocation.exit_code == 0, invocation.output
    assert "//pkg:shard_test\n  pkg/good_test.py:9   TestOuter::test_plain\n" in invocation.output


def test_page(nested_bazel: NestedBazel, first: tuple[Invocation, dict[str, dict[str, Any]]]) -> None:
    """The page shows what the program prints, as text and as JSON."""
    assert first[1]
    nested_bazel.write({"pkg/BUILD.bazel": _BUILD + _API_RULE, "pkg/api_test.py": _API})
    root = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"])
    shown = [(block.text, output) for block, output in shell_blocks(root, "docs/list_tests.md") if output]
    assert len(shown) == 2
    for command, output in shown:
        arguments = command.partition(" -- ")[2].split()
        printed = _list(nested_bazel, *arguments).output
        assert is_output(output, printed), printed
