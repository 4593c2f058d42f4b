"""Says what to add to deps for a module that an import did not find.

Nothing of the source tree can be looked at: it is not in the sandbox. What tells is what the module is called, and
which of its packages are among the runfiles.
"""

import importlib.machinery
import importlib.metadata
import os
import pathlib
import re
import sys
from collections.abc import Iterator, Sequence

from hermetic_pytest.closure.import_advice import PREFIX
from hermetic_pytest.closure.importable_files import PACKAGE_FOLDERS
from hermetic_pytest.closure.pip_hub import find_hub

# Also as the repr of a text has it: a test shows what a subprocess wrote as the attribute of an object.
_NOT_FOUND = re.compile(r"ModuleNotFoundError: No module named \\*'([\w.]+)\\*'(?!; )")
# https://docs.python.org/3/using/cmdline.html#cmdoption-m, and runpy.run_module()
_NOT_RUN = re.compile(r"(?:python[\d.]*|ImportError): No module named ([\w.]+)(?![\w.;])")
# The first part of a package that several deps make, without or with an __init__.py.
_NOT_IN_PACKAGE = re.compile(r"ImportError: cannot import name \\*'(\w+)\\*' from \\*'([\w.]+)\\*' \(([^)]*)\)")
_NO_FILE = "unknown location"
# https://docs.python.org/3/library/importlib.metadata.html#importlib.metadata.PackageNotFoundError
_NO_DISTRIBUTION = re.compile(r"PackageNotFoundError: No package metadata was found for ([\w.-]+)")
# How an __init__.py shares its package with other distributions
# (https://packaging.python.org/en/latest/guides/packaging-namespace-packages/#legacy-namespace-packages).
_SHARED = ("extend_path", "declare_namespace")


class MissingModules:
    """Finds in a text which modules a target lacks."""

    def __init__(self, label: str, test_files: Sequence[str], runfiles: pathlib.Path) -> None:
        """Looks at nothing yet.

        Args:
            label: the target.
            test_files: its test files, as paths below the runfiles root.
            runfiles: the runfiles root.
        """
        self._label = label
        self._test_files = test_files
        self._runfiles = str(runfiles)

    def lines(self, text: str) -> list[str]:
        """Says what to do about each module that a text tells of.

        Args:
            text: of errors, as Python or pytest writes them.

        Returns:
            A line for each, none for what is in the closure, or in no Python.
        """
        return [f"{PREFIX}{self._label} has {line}" for line in dict.fromkeys(self._advice(text))]

    def _advice(self, text: str) -> Iterator[str]:
        for pattern in (_NOT_FOUND, _NOT_RUN):
            for match in pattern.finditer(text):
                yield from self._of_module(_in_full(match[1], text), "the module {}")
        for name in _NO_DISTRIBUTION.findall(text):
            yield from self._of_distribution(name)
        for attribute, package, file in _NOT_IN_PACKAGE.findall(text):
            if file == _NO_FILE:
                yield from self._of_module(f"{package}.{attribute}", "the module {}")
            elif file.startswith(self._runfiles) and not _is_installed(file):
                yield from self._of_module(f"{package}.{attribute}", "{}, if that is a module")

    def _of_module(self, name: str, what: str) -> Iterator[str]:
        """Yields a line where a part of the name is missing, and is none of Python's own."""
        parts = name.split(".")
        if parts[0] in sys.stdlib_module_names:
            return
        folders = [*sys.path]
        for number, part in enumerate(parts, 1):
            if not _has(folders, part):
                yield f"{what.format(name)}: {self._where(parts, number, folders)}"
                return
            folders = [inner for folder in folders if os.path.isdir(inner := os.path.join(folder, part))]

    def _of_distribution(self, name: str) -> Iterator[str]:
        if not list(importlib.metadata.distributions(name=name)):
            wheel = f"{find_hub(sys.path, self._runfiles)}//{re.sub('[-_.]+', '_', name).lower()}"
            yield f"the distribution {name}: add its wheel ({wheel}), or a py_distribution with this name, to deps"

    def _where(self, parts: Sequence[str], number: int, folders: Sequence[str]) -> str:
        """Says what may have a module; the part of its name with that number, from 1, is in none of the folders."""
        distribution = "_".join(parts[:number]).lower()
        wheel = (
            f"the wheel that has it ({find_hub(sys.path, self._runfiles)}//{distribution}, if it has the module's name)"
        )
        if number == 1:
            beside = self._beside_tests(parts[0])
            return beside or f"add {wheel} or the target (of //{'/'.join(parts)} or a package above) to deps"
        if any(map(_is_installed, folders)):
            if any(map(_is_whole, folders)):
                return f"the wheel of {parts[0]} is there, and has no such module; check the name, and its version"
            return f"add {wheel} to deps"
        packages = [package for folder in folders if (package := self._package(folder)) is not None]
        found = packages[0].rstrip("/") if packages else f"//{'/'.join(parts[: number - 1])}"
        return f"add the target that has it (of {'/'.join([found, *parts[number - 1 :]])} or a package above) to deps"

    def _beside_tests(self, module: str) -> str | None:
        for file in self._test_files:
            folder = os.path.dirname(file)
            if _has([os.path.join(self._runfiles, folder)], module):
                full = ".".join([*folder.split("/")[1:], module])
                return (
                    f"it is among the files as {full}; import that, add its folder to the target's imports, or run "
                    f"with --import-mode=prepend in options"
                )
        return None

    def _package(self, folder: str) -> str | None:
        """Returns a folder of a repository in the runfiles as the start of a label."""
        if not folder.startswith(f"{self._runfiles}{os.sep}"):
            return None
        repository, _, path = os.path.relpath(folder, self._runfiles).partition(os.sep)
        own = self._test_files[0].split("/")[0] if self._test_files else repository
        return f"//{path}" if repository == own else f"@@{repository}//{path}"


def _in_full(name: str, text: str) -> str:
    """Returns what was imported: Python names the first part of it that it did not find."""
    found = re.search(rf"\b(?:from|import|importing plugin) +\"?({re.escape(name)}(?:\.\w+)+)", text)
    return name if found is None else found[1]


def _is_installed(path: str) -> bool:
    return any(f"{os.sep}{name}" in path for name in PACKAGE_FOLDERS)


def _is_whole(package: str) -> bool:
    """Tells whether all of a package is in its folder, so that no other wheel has a part of it."""
    file = pathlib.Path(package, "__init__.py")
    return file.is_file() and not any(word in file.read_text(errors="replace") for word in _SHARED)


def _has(folders: Sequence[str], part: str) -> bool:
    """Tells whether one of some folders has a module or package."""
    names = (part, *(part + suffix for suffix in importlib.machinery.all_suffixes()))
    return any(os.path.exists(os.path.join(folder, name)) for folder in folders for name in names)
