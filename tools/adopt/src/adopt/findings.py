"""What keeps tests from running, target by target."""

import ast
from dataclasses import dataclass

from adopt.reach import collects
from adopt.runners import Runner, read_runner
from adopt.sources import Source
from adopt.targets import Targets, Test

# By this function a module says itself what its tests are: https://docs.python.org/3/library/unittest.html#load-tests-protocol
_PROTOCOL = "load_tests"

_DROPPED = (
    "the exit code of the run is dropped, so that failed tests are green: sys.exit(pytest.main(...)) passes it on"
)


@dataclass(frozen=True)
class Finding:
    """Tests that never run, or that fail unseen.

    Attributes:
        label: the target to mend, or the package where it is missing; None outside of any package.
        place: file and line.
        why: what is wrong.
        path: the file that has the tests.
        is_code: whether the file itself is to be mended, which no command can do.
    """

    label: str | None
    place: str
    why: str
    path: str
    is_code: bool = False


def count_tests(source: Source) -> str:
    """Says how many tests a file has."""
    count = len(source.tests)
    return f"{count} test{'' if count == 1 else 's'}"


def find_in_tests(targets: Targets) -> list[Finding]:
    """Looks at all test targets whose main can be read.

    Args:
        targets: the repository's targets.

    Returns:
        What keeps their tests from running, or hides that they fail.
    """
    found = []
    for test in targets.tests:
        if test.main is not None:
            found += _find_in_test(test, test.main, targets)
    return found


def _find_in_test(test: Test, main: Source, targets: Targets) -> list[Finding]:
    label = test.rule.label
    runner = read_runner(main.tree)
    with_tests = [source for source in dict.fromkeys((main, *test.srcs)) if source.tests]
    if not runner.runs:
        return [
            Finding(label, source.first_test, _no_runner(source, main, runner), source.path) for source in with_tests
        ]
    if runner.dropped is not None:
        return [Finding(label, f"{main.path}:{runner.dropped}", _DROPPED, main.path)]
    if runner.is_own:
        found = _find_no_cases(label, main)
        if found:
            return found
    if with_tests in ([], [main]):
        return []
    return _find_unreached(test, main, runner, targets)


def _find_no_cases(label: str, main: Source) -> list[Finding]:
    """Looks for what unittest does not take for a test: functions, and methods of plain classes."""
    used = {node.id for node in ast.walk(main.tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    lost = [test for test in main.tests if not test.is_case and test.name not in used]
    if not lost or any(getattr(node, "name", None) == _PROTOCOL for node in main.tree.body):
        return []
    why = f"{len(lost)} of {count_tests(main)} in no TestCase, where unittest.main() alone looks"
    return [Finding(label, f"{main.path}:{lost[0].line}", why, main.path)]


def _find_unreached(test: Test, main: Source, runner: Runner, targets: Targets) -> list[Finding]:
    imported = targets.reached_by_import([main], test.rule)
    return [
        Finding(
            test.rule.label,
            source.first_test,
            f"{count_tests(source)} that {main.path} neither imports nor runs",
            source.path,
        )
        for source in test.srcs
        if source.tests and source != main and source.path not in imported
        if not collects(runner, main, test, source.path)
    ]


def _no_runner(source: Source, main: Source, runner: Runner) -> str:
    whose = "it" if source == main else main.path
    return f"{count_tests(source)} that nothing runs: {whose} has {_instead_of_call(runner)}"


def _instead_of_call(runner: Runner) -> str:
    if runner.dead_guard is not None:
        return f"`if {runner.dead_guard}`, which is never true"
    if runner.uncalled is not None:
        return f"`{runner.uncalled}`, which nothing calls"
    return "an `if __name__` that runs nothing" if runner.has_guard else "no call of a test runner"
