"""What MODULE.bazel names already is not advised again."""

import pathlib

import pytest
from adopt.module_file import named_packages, package_key

_MODULE = """\
ours = use_extension("@hermetic_pytest//testing:extensions.bzl", "hermetic_pytest")
ours.packages(
    pytest = "@pypi//pytest",
    plugins = ["@pypi//pytest_mock"],
)
other = use_extension("//:other.bzl", "hermetic_pytest")
other.packages(pytest = "@other//pytest")
"""


@pytest.mark.parametrize(
    "label", ["@pypi//pytest", "@@rules_python~~pip~pypi//pytest:pytest", "@@rules_python++pip+pypi//pytest:pytest"]
)
def test_named(tmp_path: pathlib.Path, label: str) -> None:
    """A package is known in each spelling of its label."""
    (tmp_path / "MODULE.bazel").write_text(_MODULE, encoding="utf-8")
    assert package_key(label) in named_packages(tmp_path)


@pytest.mark.parametrize("label", ["@other//pytest", "@pypi//attrs", "@@rules_python~~pip~mypypi//pytest:pytest"])
def test_not_named(tmp_path: pathlib.Path, label: str) -> None:
    """Another extension's tag, and another hub, are none."""
    (tmp_path / "MODULE.bazel").write_text(_MODULE, encoding="utf-8")
    assert package_key(label) not in named_packages(tmp_path)


@pytest.mark.parametrize("text", [None, "bazel_dep(", ""])
def test_unreadable(tmp_path: pathlib.Path, text: str | None) -> None:
    """Without a MODULE.bazel that can be read nothing is known."""
    if text is not None:
        (tmp_path / "MODULE.bazel").write_text(text, encoding="utf-8")
    assert named_packages(tmp_path) == set()
