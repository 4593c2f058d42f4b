"""The commands that make hermetic_pytest targets of what was found, package by package."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from adopt import labels
from adopt.build_calls import BuildCalls, read_build_calls
from adopt.buildozer import command_line, comment, is_command
from adopt.edits import PY_TEST, attribute_edits, kind_edits
from adopt.findings import Finding
from adopt.module_file import named_packages, package_key
from adopt.new_targets import from_library, from_orphan
from adopt.options import Options
from adopt.targets import Targets, Test

# For a BUILD file that goes on using another py_test.
_ALIAS = "hermetic_py_test"


@dataclass(frozen=True)
class _Package:
    """A BUILD file to edit, and what its targets are called by then."""

    path: str
    calls: BuildCalls
    symbol: str


def moves(findings: Sequence[Finding], targets: Targets, options: Options) -> Iterator[str]:
    """Composes the commands.

    Args:
        findings: what was found.
        targets: the repository's targets.
        options: the labels to use.

    Yields:
        Command lines, and comments on what no command can do.
    """
    by_commands = [finding for finding in findings if not finding.is_code]
    for finding in by_commands:
        if finding.label is None:
            yield comment(f"{finding.path} is in no package: write a BUILD.bazel with a py_test for it")
    with_label = sorted((finding for finding in by_commands if finding.label is not None), key=_package)
    for package, group in groupby(with_label, key=_package):
        yield from _move_package(package, list(group), targets, options)


def _package(finding: Finding) -> str:
    return labels.package(finding.label or "")


def _move_package(path: str, findings: list[Finding], targets: Targets, options: Options) -> Iterator[str]:
    calls = read_build_calls(options.workspace, path)
    moved = {finding.label for finding in findings if labels.name(finding.label or "") in calls.functions}
    package = _Package(path, calls, _symbol(path, calls, moved, targets, options))
    lines = list(_move_all(findings, package, targets, options))
    whole = f"//{path}:__pkg__"
    if any(is_command(line) for line in lines):
        if calls.loads.get(package.symbol) != options.defs:
            yield command_line([_load(package.symbol, options)], whole)
        lines.append(command_line(["fix unusedLoads"], whole))
    yield from lines


def _move_all(findings: list[Finding], package: _Package, targets: Targets, options: Options) -> Iterator[str]:
    tests = {test.rule.label: test for test in targets.tests}
    for label in dict.fromkeys(finding.label or "" for finding in findings):
        if label in tests:
            yield from _move_test(tests[label], package, options)
    for finding in findings:
        if finding.label in targets.rules and finding.label not in tests:
            yield from from_library(finding, targets.rules[finding.label], package.symbol, targets, options)
        elif finding.label not in tests:
            yield from from_orphan(finding, package.symbol, targets, options)


def _symbol(path: str, calls: BuildCalls, moved: set[str | None], targets: Targets, options: Options) -> str:
    """Returns what py_test is called: its own name, unless a target that stays has that from elsewhere."""
    # A call may make more targets than the test, which go with it.
    calls_moved = {targets.rules[label].generator_name for label in moved if label in targets.rules} - {""}
    staying = [
        rule.label
        for rule in targets.rules.values()
        if labels.package(rule.label) == path
        and rule.generator_function == PY_TEST
        and rule.label not in moved
        and rule.generator_name not in calls_moved
    ]
    return _ALIAS if staying and calls.loads.get(PY_TEST) != options.defs else PY_TEST


def _load(symbol: str, options: Options) -> str:
    if symbol == PY_TEST:
        return f"replace_load {options.defs} {PY_TEST}"
    return f"new_load {options.defs} {symbol}={PY_TEST}"


def _move_test(test: Test, package: _Package, options: Options) -> Iterator[str]:
    label = test.rule.label
    function = package.calls.functions.get(labels.name(label))
    if function is None:
        maker = test.rule.generator_function or test.rule.kind
        yield comment(f"{label} is made by {maker} at {test.rule.place}, where no command can edit it: change that")
        return
    if function != PY_TEST:
        yield comment(f"{label} was made by {function}: what that added besides srcs and deps is yours to add")
    known = named_packages(options.workspace)
    pytests = [dep for dep in test.rule.deps if labels.name(dep) == "pytest" and package_key(dep) not in known]
    for dep in pytests:
        yield comment(
            f"{label} depends on {dep}: name that in the tag hermetic_pytest.packages, or remove it from deps"
        )
    yield command_line([*kind_edits(test, function, package.symbol), *attribute_edits(test, options)], label)
