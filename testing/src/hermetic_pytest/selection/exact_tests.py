"""Runs exactly the tests that a --test_filter in JSON names, target by target, as `//testing:last_failed` does.

    {"//pkg:x_test": ["pkg/x_test.py::TestA::test_b[1, 2]"], "//pkg:y_test": null}

A target that has null for a value runs all its tests, and one that is not named runs none. An id is a node id, or
`classname::name` as test.xml has them. Whatever characters it has, it stands for itself. Where one of its ids is
not there any more, a target runs all its tests: a failed test that was renamed is not to be missed.
"""

import json
import re
from collections.abc import Sequence

import pytest

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.deselection import keep_only
from hermetic_pytest.selection.empty_run_excuses import TESTS_LEFT

# What XML cannot hold, which pytest's JUnit report spells "#x1B".
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def is_exact(text: str) -> bool:
    """Tells a filter in JSON from one of names; no name starts with a brace.

    Args:
        text: the value of --test_filter.

    Returns:
        Whether it is in JSON.
    """
    return text.lstrip().startswith("{")


class ExactTests:
    """A pytest plugin that deselects the tests that the filter does not name."""

    def __init__(self, label: str, text: str) -> None:
        """Reads the filter.

        Args:
            label: the target's label.
            text: the value of --test_filter.

        Raises:
            LauncherError: the filter is malformed.
        """
        self._label = label
        self._gone: list[str] = []
        asked_for = _parse(text)
        tests = asked_for.get(label, [])
        self._tests = None if tests is None else {_as_in_xml(test) for test in tests}

    # As for -k, conftest files come first and see all tests.
    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Selects among what `-k` and other plugins have left."""
        if self._tests is not None:
            kept = [not self._tests.isdisjoint(_names(item.nodeid)) for item in items]
            known = {name for item in items for name in _names(item.nodeid)}
            self._gone = sorted(self._tests - known)
            if not self._gone:
                keep_only(config, items, kept)
        config.stash[TESTS_LEFT] = len(items)

    def pytest_report_collectionfinish(self) -> list[str]:
        """Says why more runs than was asked for."""
        if not self._gone:
            return []
        return [f"hermetic_pytest: all tests of {self._label} run, for these are not there any more: {self._gone}"]


def _parse(text: str) -> dict[str, Sequence[str] | None]:
    try:
        asked_for = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _malformed(text, str(error)) from error
    for label, tests in asked_for.items():
        is_list = isinstance(tests, list) and all(isinstance(test, str) for test in tests)
        if tests is not None and not is_list:
            raise _malformed(text, f"{label} has {json.dumps(tests):.60}")
    return dict(asked_for)


def _malformed(text: str, reason: str) -> LauncherError:
    return LauncherError(
        f"--test_filter={text!r:.300} (TESTBRIDGE_TEST_ONLY) is malformed: {reason}; expected a JSON object of lists "
        f'of test ids by label, or null for all tests of a target, such as {{"//pkg:x_test": '
        f'["pkg/x_test.py::test_a"]}}; correct it, or give names of tests'
    )


def _names(nodeid: str) -> tuple[str, str]:
    """Returns the node id, and what pytest's test.xml makes of it where a test is not in its module's file."""
    path, bracket, parameters = nodeid.partition("[")
    module, *names = path.split("::")
    classes = [module.replace("/", ".").removesuffix(".py"), *names[:-1]]
    last = (names[-1] if names else "") + bracket + parameters
    return _as_in_xml(nodeid), _as_in_xml(f"{'.'.join(classes)}::{last}")


def _as_in_xml(name: str) -> str:
    return _NOT_XML.sub(
        lambda match: f"#x{ord(match[0]):02X}" if ord(match[0]) <= 0xFF else f"#x{ord(match[0]):04X}", name
    )
