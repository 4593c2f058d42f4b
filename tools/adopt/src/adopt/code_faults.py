"""Tests that a runner finds and does not run, for which the file itself has to be mended."""

from collections.abc import Iterator

from adopt.findings import Finding
from adopt.lost_methods import never_awaited, with_constructor
from adopt.runners import read_runner
from adopt.sources import Source
from adopt.targets import Targets, Test

# A rule, a macro, a main or a dep with this in its name runs pytest.
_PYTEST = "pytest"


def find_in_code(targets: Targets) -> list[Finding]:
    """Looks at the files of all test targets, hermetic_pytest's own included.

    Args:
        targets: the repository's targets.

    Returns:
        What keeps tests from running whatever target has their file.
    """
    found: list[Finding] = []
    for test in targets.tests:
        sources = dict.fromkeys([*([] if test.main is None else [test.main]), *test.srcs])
        for source in sources:
            found += _find(test, source)
    return found


def _find(test: Test, source: Source) -> Iterator[Finding]:
    label = test.rule.label
    lost = never_awaited(source.tree)
    if lost:
        why = (
            f"{_counted(len(lost))} async in a plain TestCase, which never awaits: derive from "
            "unittest.IsolatedAsyncioTestCase"
        )
        yield Finding(label, f"{source.path}:{lost[0].lineno}", why, source.path, is_code=True)
    for node, tests in with_constructor(source.tree) if _runs_pytest(test) else ():
        why = (
            f"{_counted(tests)} in class {node.name}, which pytest passes over since it has a constructor: use a "
            f"fixture"
        )
        yield Finding(label, f"{source.path}:{node.lineno}", why, source.path, is_code=True)


def _counted(count: int) -> str:
    return f"{count} test{'' if count == 1 else 's'}"


def _runs_pytest(test: Test) -> bool:
    if test.is_hermetic:
        return True
    if test.main is not None:
        runner = read_runner(test.main.tree)
        return runner.arguments is not None or (runner.runs and "pytest_bazel" in test.main.imports)
    return any(_PYTEST in name for name in (test.rule.kind, test.rule.generator_function, test.rule.main or ""))
