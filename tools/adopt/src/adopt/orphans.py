"""Test files that no target has."""

import os
import pathlib
from collections.abc import Iterator, Sequence

from adopt import labels
from adopt.findings import Finding, count_tests
from adopt.patterns import covers
from adopt.reach import is_test_file
from adopt.targets import Targets

BUILD_FILES = ("BUILD.bazel", "BUILD")

# The root of another repository: https://bazel.build/external/overview#repository.
_BOUNDARIES = ("MODULE.bazel", "REPO.bazel", "WORKSPACE", "WORKSPACE.bazel")

# Says that a folder is a virtual environment: https://docs.python.org/3/library/venv.html.
_ENVIRONMENT = "pyvenv.cfg"


def find_orphans(targets: Targets, patterns: Sequence[str]) -> list[Finding]:
    """Looks through the repository's folders.

    Args:
        targets: the repository's targets.
        patterns: which packages are asked for.

    Returns:
        The test files with tests that are in no attribute of any target. Their label is that of their package, None
        for those outside of any package.
    """
    workspace = targets.sources.workspace
    used = {labels.path(label) for rule in targets.rules.values() for label in (*rule.inputs, *rule.srcs)}
    found = []
    for path in sorted(_test_files(workspace)):
        package = package_of(path, workspace)
        if path in used or not covers(patterns, package or ""):
            continue
        source = targets.sources.get(path)
        if source is not None and source.tests:
            label = None if package is None else f"//{package}:__pkg__"
            found.append(Finding(label, source.first_test, f"{count_tests(source)} in no target's srcs", path))
    return found


def package_of(path: str, workspace: pathlib.Path) -> str | None:
    """Returns the package that a file is in, None if there is no BUILD file in any folder above."""
    for folder in pathlib.PurePosixPath(path).parents:
        if any((workspace / folder / name).is_file() for name in BUILD_FILES):
            return "" if str(folder) == "." else str(folder)
    return None


def _test_files(workspace: pathlib.Path) -> Iterator[str]:
    ignored = _ignored(workspace)
    for folder, folders, files in os.walk(workspace):
        here = os.path.relpath(folder, workspace)
        is_other = here != "." and any(name in files for name in _BOUNDARIES)
        if is_other or _ENVIRONMENT in files or here in ignored:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if is_test_file(name):
                yield name if here == "." else f"{here}/{name}"


def _ignored(workspace: pathlib.Path) -> set[str]:
    """Reads .bazelignore (https://bazel.build/run/bazelrc#bazelignore)."""
    file = workspace / ".bazelignore"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#")}
