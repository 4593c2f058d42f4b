"""Finds out what a test process came to, and reports it in the log and in test.xml."""

import pathlib
import sys
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.output_files import replace_output
from hermetic_pytest.supervision.ending import Ending
from hermetic_pytest.supervision.journal import exit_code
from hermetic_pytest.supervision.progress import Progress


@dataclass(frozen=True, kw_only=True)
class Autopsy:
    """What is known of a test process from outside.

    Attributes:
        label: the target's label.
        suite: the suite's name in test.xml.
        journal: what the process noted.
        report_file: pytest's own JUnit report.
        xml_output_file: Bazel's XML_OUTPUT_FILE, None for none.
    """

    label: str
    suite: str
    journal: pathlib.Path
    report_file: pathlib.Path
    xml_output_file: pathlib.Path | None

    def verdict(self, ending: Ending) -> int:
        """Judges a process that has ended.

        Args:
            ending: how it ended.

        Returns:
            pytest's exit code if the process lived to exit with it; otherwise one that is not 0.

        Raises:
            LauncherError: the process could not start as asked, or the report cannot be written.
        """
        code = exit_code(self.journal)
        if code is None:
            self._raise_refusal()
            self.report(f"{ending} before pytest was done")
            return ending.failure_code
        if ending != Ending(code=code):
            self.report(f"{ending} after pytest had ended with exit code {code}")
            return ending.failure_code
        if self.report_file.exists():
            self._publish(self.report_file)
        else:
            # A user's own --junit-xml took pytest's report elsewhere.
            self._replay({})
        return code

    def report(self, what: str, stacks: str = "") -> None:
        """Says what happened, and writes a test.xml with all finished tests and the culprit.

        Args:
            what: what happened to the process.
            stacks: the stacks of its threads and tasks.
        """
        progress = Progress.read(self.journal)
        culprits = progress.culprits(self.label)
        lines = [f"{what}, {where}" for where in culprits.values()]
        lines.append(f"tests that had ended by then: {progress.finished}")
        sys.stderr.write(stacks + "".join(f"hermetic_pytest: {self.label}: {line}\n" for line in lines))
        sys.stderr.flush()
        try:
            self._replay({nodeid: f"{what}, {where}\n{stacks}" for nodeid, where in culprits.items()})
        except LauncherError as error:
            # The run is bad already, and may even be going on.
            print(f"hermetic_pytest: {error}", file=sys.stderr, flush=True)

    def _raise_refusal(self) -> None:
        refusal = Progress.read(self.journal).refusal
        if refusal is not None:
            self._replay({f"{self.label}::start": refusal})
            raise LauncherError(refusal)

    def _replay(self, errors: dict[str, str]) -> None:
        if self.xml_output_file is None:
            return
        from hermetic_pytest.supervision.replay import replay

        report = self.report_file.with_name("replayed.xml")
        if replay(self.journal, report, errors, self.suite):
            self._publish(report)

    def _publish(self, report: pathlib.Path) -> None:
        """Puts a report where Bazel looks for it, whole or not at all."""
        if self.xml_output_file is None:
            return
        replace_output("XML_OUTPUT_FILE", self.xml_output_file, report.read_bytes())
