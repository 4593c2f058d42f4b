"""Notes in test.xml what `update_durations` needs to know of each test."""

import pathlib
from collections.abc import Generator

import pytest

from hermetic_pytest.manifest import Manifest
from hermetic_pytest.selection.property_names import FILE, TEST_ID, TESTS_COLLECTED


class TestProperties:
    """A pytest plugin that gives each test properties; pytest's JUnit report has them, also from xdist's workers."""

    __test__ = False

    def __init__(self, manifest: Manifest, runfiles: pathlib.Path) -> None:
        """Takes the target.

        Args:
            manifest: the target, which has a durations file.
            runfiles: the runfiles root.
        """
        self._file = manifest.durations
        self._test_files = {str(runfiles / path) for path in manifest.test_files}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        """Adds the properties before filters and shards take tests away, so that the number is the target's."""
        # A user who names single files or tests has not collected the target.
        whole = [(TESTS_COLLECTED, len(items))] if set(config.args) == self._test_files else []
        for item in items:
            item.user_properties += [(FILE, self._file), (TEST_ID, item.nodeid), *whole]
        return (yield)
