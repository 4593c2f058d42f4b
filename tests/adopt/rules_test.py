"""Targets as `bazel query` writes them."""

import json
from typing import Any

import pytest
from adopt import labels
from adopt.errors import AdoptError
from adopt.query import query_expression
from adopt.rules import Rule, read_rule


def _line(**rule: Any) -> str:
    return json.dumps({"type": "RULE", "rule": rule})


def test_rule() -> None:
    """What tests need is read; labels of the main repository are in one spelling, and places start at its root."""
    attributes = [
        {"name": "srcs", "type": "LABEL_LIST", "stringListValue": ["@@//pkg:x_test.py", "@other//:y.py"]},
        {"name": "main", "type": "LABEL", "stringValue": "@//pkg:main.py"},
        {"name": "args", "type": "STRING_LIST", "stringListValue": ["$(location x_test.py)"]},
        {"name": "generator_function", "type": "STRING", "stringValue": "team_test"},
        {"name": "deps", "type": "LABEL_LIST"},
    ]
    line = _line(
        name="//pkg:x_test",
        ruleClass="py_test",
        location="/home/me/repo/pkg/BUILD.bazel:3:8",
        attribute=attributes,
        ruleInput=["@@//pkg:x_test.py"],
    )
    assert read_rule(line, "/home/me/repo") == Rule(
        label="//pkg:x_test",
        kind="py_test",
        place="pkg/BUILD.bazel:3",
        srcs=("//pkg:x_test.py", "@other//:y.py"),
        inputs=("//pkg:x_test.py",),
        args=("$(location x_test.py)",),
        main="//pkg:main.py",
        generator_function="team_test",
    )


@pytest.mark.parametrize(
    ("kind", "attribute", "has_main"),
    [("py_test", "srcs", True), ("py_pytest_test", "srcs", False), ("py_venv_exec_test", "main", True)],
)
def test_rule_with_its_own_main(kind: str, attribute: str, has_main: bool) -> None:
    """A rule without an attribute for a main has its own, and no source of the target is that."""
    rule = read_rule(_line(name="//:x", ruleClass=kind, attribute=[{"name": attribute, "type": "LABEL"}]), "/")
    assert rule is not None
    assert rule.has_main is has_main


def test_other_targets() -> None:
    """Source files are no rules."""
    assert read_rule('{"type": "SOURCE_FILE", "sourceFile": {}}', "/") is None


@pytest.mark.parametrize("line", ["//pkg:x_test", "[1]"])
def test_malformed_line(line: str) -> None:
    """Another output than the one that was asked for is an error that shows it."""
    with pytest.raises(AdoptError) as caught:
        read_rule(line, "/")
    assert str(caught.value) == f"bazel query wrote {line!r}, expected a target in JSON: use Bazel 7.4 or newer"


@pytest.mark.parametrize(
    ("patterns", "expression"),
    [
        (("//...",), 'kind(rule, "//...")'),
        (("//a/...", "//b:all", "-//a/old/..."), 'kind(rule, "//a/..." + "//b:all" - "//a/old/...")'),
        (("-//a/...",), 'kind(rule, "//..." - "//a/...")'),
    ],
)
def test_expression(patterns: tuple[str, ...], expression: str) -> None:
    """Patterns become one query; those with a `-` are taken away, from all where there are no others."""
    assert query_expression(patterns) == expression


@pytest.mark.parametrize(
    ("label", "package", "name", "path"),
    [
        ("//pkg/sub:x_test.py", "pkg/sub", "x_test.py", "pkg/sub/x_test.py"),
        ("//:x_test.py", "", "x_test.py", "x_test.py"),
        ("//pkg:deeper/x_test.py", "pkg", "deeper/x_test.py", "pkg/deeper/x_test.py"),
        ("//pkg", "pkg", "pkg", "pkg/pkg"),
        ("@pypi//pytest", "pytest", "pytest", None),
    ],
)
def test_label(label: str, package: str, name: str, path: str | None) -> None:
    """A label has a package, a name, and a path if it is one of the main repository."""
    assert (labels.package(label), labels.name(label), labels.path(label)) == (package, name, path)
