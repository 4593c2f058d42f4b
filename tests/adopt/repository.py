"""A repository for the checker, without Bazel: files on disk, and the targets that a query would give."""

import pathlib
import textwrap
from collections.abc import Mapping

from adopt.options import Options
from adopt.rules import Rule
from adopt.sources import Sources
from adopt.targets import Targets

# Two tests, and nothing that runs them.
TESTS = "def test_a(): pass\n\ndef test_b(): pass\n"


class Repository:
    """Files and targets."""

    def __init__(self, folder: pathlib.Path) -> None:
        """Starts without any."""
        self.folder = folder
        self._rules: list[Rule] = []

    def write(self, files: Mapping[str, str]) -> None:
        """Writes files; common indentation is taken off."""
        for path, text in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(text), encoding="utf-8")

    def add(self, *rules: Rule) -> None:
        """Adds targets."""
        self._rules += rules

    def targets(self) -> Targets:
        """Returns the targets as the checker has them."""
        return Targets(self._rules, Sources(self.folder))

    def options(self) -> Options:
        """Returns a command line without arguments."""
        return Options(
            patterns=("//...",),
            workspace=self.folder,
            bazel=("bazel",),
            defs="@hermetic_pytest//testing:defs.bzl",
            conftest="@hermetic_pytest//testing:conftest",
            commands=False,
        )


def py_test(name: str, srcs: list[str], *, main: str | None = None, args: tuple[str, ...] = (), **more: str) -> Rule:
    """Makes a test target of //pkg."""
    return Rule(
        label=f"//pkg:{name}",
        kind=more.get("kind", "py_test"),
        place="pkg/BUILD.bazel:1",
        srcs=tuple(f"//pkg:{src}" for src in srcs),
        inputs=tuple(f"//pkg:{src}" for src in srcs),
        deps=tuple(more.get("deps", "").split()),
        args=args,
        main=None if main is None else f"//pkg:{main}",
        generator_function=more.get("macro", "py_test"),
        generator_name=name,
    )


def py_library(name: str, srcs: list[str], *, deps: tuple[str, ...] = (), kind: str = "py_library") -> Rule:
    """Makes a library of //pkg."""
    labels = tuple(f"//pkg:{src}" for src in srcs)
    return Rule(label=f"//pkg:{name}", kind=kind, place="pkg/BUILD.bazel:1", srcs=labels, inputs=labels, deps=deps)
