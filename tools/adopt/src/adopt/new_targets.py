"""The commands that make a target for tests that have none."""

from collections.abc import Iterator

from adopt import labels
from adopt.buildozer import command_line
from adopt.findings import Finding
from adopt.options import Options
from adopt.rules import Rule
from adopt.sources import is_imported
from adopt.targets import Targets


def from_library(finding: Finding, library: Rule, symbol: str, targets: Targets, options: Options) -> Iterator[str]:
    """Takes a file out of a library, into a target that depends on what is left of that.

    Args:
        finding: the file.
        library: the library.
        symbol: what the BUILD file calls hermetic_pytest's py_test.
        targets: the repository's targets.
        options: the labels to use.

    Yields:
        Command lines.
    """
    package = labels.package(library.label)
    file = f"//{package}:{_relative(finding.path, package)}"
    yield command_line([f"remove srcs {file}"], library.label)
    yield from _new(finding.path, package, [library.label], symbol, targets, options)


def from_orphan(finding: Finding, symbol: str, targets: Targets, options: Options) -> Iterator[str]:
    """Makes a target that depends on the libraries whose files the tests import.

    Args:
        finding: the file.
        symbol: what the BUILD file calls hermetic_pytest's py_test.
        targets: the repository's targets.
        options: the labels to use.

    Yields:
        Command lines.
    """
    source = targets.sources.get(finding.path)
    imports = frozenset() if source is None else source.imports
    deps = [
        label
        for label, rule in sorted(targets.rules.items())
        if rule.kind.endswith("_library") and any(is_imported(labels.path(src) or "", imports) for src in rule.srcs)
    ]
    yield from _new(finding.path, labels.package(finding.label or ""), deps, symbol, targets, options)


def _new(path: str, package: str, deps: list[str], symbol: str, targets: Targets, options: Options) -> Iterator[str]:
    relative = _relative(path, package)
    name = relative.removesuffix(".py")
    if f"//{package}:{name}" in targets.rules:
        # The library has the file's name.
        name = f"run_{name.replace('/', '_')}"
    yield command_line([f"new {symbol} {name}"], f"//{package}:__pkg__")
    commands = [f"add srcs {relative}", f"add deps {' '.join([*deps, options.conftest])}"]
    yield command_line(commands, f"//{package}:{name}")


def _relative(path: str, package: str) -> str:
    return path.removeprefix(f"{package}/") if package else path
