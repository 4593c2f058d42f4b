"""Writes test.xml where Bazel looks for it."""

import pathlib
from collections.abc import Sequence

from hermetic_pytest.outputs.output_files import replace_output
from hermetic_pytest.test_xml.case import CaseError
from hermetic_pytest.test_xml.junit_xml import junit_xml
from hermetic_pytest.test_xml.test_cases import Cases


class XmlFile:
    """The file of a run."""

    def __init__(self, path: pathlib.Path | None, suite: str, started: float) -> None:
        """Writes nothing yet.

        Args:
            path: Bazel's XML_OUTPUT_FILE, None for none.
            suite: the suite's name.
            started: when the run began, in seconds since 1970.
        """
        self._path = path
        self._suite = suite
        self._started = started

    def write(self, cases: Cases, errors: Sequence[CaseError]) -> None:
        """Writes the file whole, or leaves the earlier one as it is.

        Args:
            cases: what is known of the tests.
            errors: what no report tells of; each is a case of its own.

        Raises:
            LauncherError: the file cannot be written.
        """
        if self._path is not None:
            text = junit_xml(self._suite, cases.shown(errors), cases.suite_properties, self._started)
            replace_output("XML_OUTPUT_FILE", self._path, text)
