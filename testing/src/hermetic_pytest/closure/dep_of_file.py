"""Names the dep that has a file which a run imported from outside its closure."""

import importlib.metadata
import pathlib

from hermetic_pytest.closure.importable_files import PACKAGE_FOLDERS

_REPOSITORY_FILES = ("MODULE.bazel", "REPO.bazel", "WORKSPACE.bazel", "WORKSPACE")
_BUILD_FILES = ("BUILD.bazel", "BUILD")


def dep_of_file(place: pathlib.Path) -> str:
    """Says how to bring an import about by deps.

    Args:
        place: a module's file, or a namespace package's folder.

    Returns:
        The advice.
    """
    for folder in place.parents:
        if folder.name in PACKAGE_FOLDERS:
            return f"add {_distribution(folder, place.relative_to(folder))} of your pip hub to deps"
    for root in place.parents:
        if _has_any(root, _REPOSITORY_FILES):
            return _target(root, place)
    return "put it into a py_library, and add that to deps"


def _target(root: pathlib.Path, place: pathlib.Path) -> str:
    for package in place.parents:
        if _has_any(package, _BUILD_FILES):
            path = "" if package == root else package.relative_to(root).as_posix()
            return f"add the target in //{path}:all that has {place.relative_to(package)} in srcs to deps"
        if package == root:
            break
    return f"put it into a py_library of the repository in {root}, and add that to deps"


def _has_any(folder: pathlib.Path, names: tuple[str, ...]) -> bool:
    return any((folder / name).is_file() for name in names)


def _distribution(folder: pathlib.Path, module: pathlib.PurePath) -> str:
    """Names the distribution that owns a module, by the files that it lists, else by its modules, else by its name."""
    found = importlib.metadata.distributions(path=[str(folder)])
    # A removal that went wrong leaves distributions without a name.
    distributions = [distribution for distribution in found if "Name" in distribution.metadata]
    for owns in (_lists, _has_at_the_top, _is_named_after):
        for distribution in distributions:
            if owns(distribution, module):
                return f"the distribution {distribution.name!r}"
    return f"the distribution that has {module}"


def _lists(distribution: importlib.metadata.Distribution, module: pathlib.PurePath) -> bool:
    return any(module == file or module in file.parents for file in distribution.files or ())


def _has_at_the_top(distribution: importlib.metadata.Distribution, module: pathlib.PurePath) -> bool:
    return _top(module) in (distribution.read_text("top_level.txt") or "").split()


def _is_named_after(distribution: importlib.metadata.Distribution, module: pathlib.PurePath) -> bool:
    return distribution.name.replace("-", "_").lower() == _top(module).lower()


def _top(module: pathlib.PurePath) -> str:
    """Returns the name that an import of a module starts with."""
    return module.parts[0].partition(".")[0]
