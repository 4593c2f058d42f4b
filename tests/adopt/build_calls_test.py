"""What a BUILD file says before macros."""

import pathlib

import pytest
from adopt.build_calls import BuildCalls, read_build_calls

_BUILD = """\
load("@rules_python//python:py_test.bzl", "py_test")
load("//tools:defs.bzl", "pytest_test", team = "team_test")

py_test(name = "x_test", srcs = glob(["*.py"]))
native.py_test(name = "y_test")
team(
    name = "z_test",
    deps = [":lib"] + select({"//conditions:default": []}),
)
[py_test(name = name) for name in ["loop_test"]]
"""


@pytest.mark.parametrize("name", ["BUILD", "BUILD.bazel"])
def test_calls(tmp_path: pathlib.Path, name: str) -> None:
    """Calls with a literal name are found with their function, and symbols with where they are loaded from."""
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / name).write_text(_BUILD, encoding="utf-8")
    assert read_build_calls(tmp_path, "pkg") == BuildCalls(
        functions={"x_test": "py_test", "y_test": "native.py_test", "z_test": "team"},
        loads={
            "py_test": "@rules_python//python:py_test.bzl",
            "pytest_test": "//tools:defs.bzl",
            "team": "//tools:defs.bzl",
        },
    )


@pytest.mark.parametrize("text", [None, "py_test(name = \n"])
def test_unreadable(tmp_path: pathlib.Path, text: str | None) -> None:
    """Where there is no such file, or Python cannot read it, nothing is known."""
    if text is not None:
        (tmp_path / "BUILD").write_text(text, encoding="utf-8")
    assert read_build_calls(tmp_path, "") == BuildCalls()
