"""Has pytester copy example folders as files, where the runfiles tree holds links."""

import functools
import shutil
from collections.abc import Callable, Generator
from typing import Any

import pytest


class ExampleFiles:
    """A pytest plugin that makes `pytester.copy_example` follow links.

    It copies a folder's links as links. In a runfiles tree each file is one: its copy would lead to the source tree,
    and could not replace a file that the test has made before.
    See https://docs.pytest.org/en/stable/reference/reference.html#pytest.Pytester.copy_example.
    """

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, request: pytest.FixtureRequest) -> Generator[None, object, object]:
        """Changes each `pytester` for as long as its test runs."""
        value = yield
        if isinstance(value, pytest.Pytester):
            # pytester's own, which ends with it.
            patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
            patch.setattr(value, "copy_example", functools.partial(_copy_files, value.copy_example))
        return value


def _copy_files(copy_example: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    copytree = shutil.copytree

    # It calls itself for each folder below, by position.
    def copy_tree(source: Any, target: Any, symlinks: bool = True, *args: Any, **kwargs: Any) -> Any:
        del symlinks
        return copytree(source, target, False, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "copytree", copy_tree)
        return copy_example(*args, **kwargs)
