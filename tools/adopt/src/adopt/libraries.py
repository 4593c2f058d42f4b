"""Test files that are sources of libraries alone."""

from adopt.findings import Finding, count_tests
from adopt.reach import collects, is_test_file
from adopt.runners import read_runner
from adopt.sources import Source
from adopt.targets import Targets


def find_in_libraries(targets: Targets) -> list[Finding]:
    """Looks for test files that are sources of libraries alone.

    Args:
        targets: the repository's targets.

    Returns:
        The files that no test target runs.
    """
    tested = {source.path for test in targets.tests for source in test.srcs}
    found = []
    for label, rule in sorted(targets.rules.items()):
        if rule.kind.endswith("_library"):
            for source in targets.files(rule.srcs):
                lost = source.tests and is_test_file(source.path) and source.path not in tested
                if lost and not _runs_from_library(label, source, targets):
                    why = f"{count_tests(source)} in a library that no test target runs"
                    found.append(Finding(label, source.first_test, why, source.path))
    return found


def _runs_from_library(label: str, source: Source, targets: Targets) -> bool:
    """Tells whether some test target that depends on the library runs the file, or may."""
    for test in targets.users.get(label, []):
        start = test.srcs if test.main is None else [test.main]
        if source.path in targets.reached_by_import(start, test.rule):
            return True
        if test.main is None and not test.is_hermetic:
            return True
        if test.main is not None and collects(read_runner(test.main.tree), test.main, test, source.path):
            return True
    return False
