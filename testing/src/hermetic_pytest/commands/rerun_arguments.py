"""Composes the arguments of the `bazel test` that runs failed tests again."""

import json
from collections.abc import Sequence

from hermetic_pytest.commands.failed_targets import FailedTarget

# Linux takes at most 128 KiB for one argument or variable.
_MOST_BYTES = 100_000


def rerun_arguments(failed: Sequence[FailedTarget], flags: Sequence[str]) -> list[list[str]]:
    """Composes the commands.

    Args:
        failed: what to run.
        flags: the user's flags.

    Returns:
        The arguments of `bazel`; a second command is for the targets of other rules, which would not understand the
        first one's filter.
    """
    exact = [target for target in failed if target.is_exact]
    others = [target for target in failed if not target.is_exact]
    if all(target.tests is None for target in exact):
        exact, others = [], list(failed)
    groups = [(exact, [f"--test_filter={filter_text(exact)}"]), (others, [])]
    return [["test", *flags, *more, *(target.label for target in group)] for group, more in groups if group]


def filter_text(targets: Sequence[FailedTarget]) -> str:
    """Writes a filter as `hermetic_pytest.selection.exact_tests` reads it.

    Args:
        targets: the targets, with the tests to run.

    Returns:
        JSON in one line. Where that would be too long for an argument, the targets with the longest lists run whole.
    """
    asked_for = {target.label: target.tests for target in targets}
    sizes = {label: len(json.dumps({label: tests})) for label, tests in asked_for.items()}
    for label in sorted(asked_for, key=lambda label: -sizes[label]):
        if len(json.dumps(asked_for)) <= _MOST_BYTES:
            break
        asked_for[label] = None
    return json.dumps(asked_for)
