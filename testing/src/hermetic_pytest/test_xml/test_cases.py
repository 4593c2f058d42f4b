"""The cases of test.xml, made of a run's reports as pytest's own JUnit report makes them of its.

https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files is what they look like. Unlike
there, a case always has a name, and a test that pytest-rerunfailures repeats is one case, with the elements of Maven
Surefire for its attempts: `flakyFailure` where it passed in the end, `rerunFailure` where it did not.
"""

from collections.abc import Sequence

from hermetic_pytest.record.report_notes import ReportNote
from hermetic_pytest.test_xml.case import Case, CaseError, names_of
from hermetic_pytest.test_xml.case_elements import Element, result_elements, word_elements
from hermetic_pytest.test_xml.phases import PHASES

_RESULTS = ("failure", "error", "skipped")


class Cases:
    """All cases of a run."""

    def __init__(self) -> None:
        """Starts without a case."""
        self.all: list[Case] = []
        self.suite_properties: list[tuple[str, str]] = []
        self._open: dict[tuple[str, str], Case] = {}
        self._repeated: set[tuple[str, str]] = set()
        self._added: dict[str, dict[str, str]] = {}
        self._prefix = ""
        self._duration = "total"

    def settings(self, prefix: str, duration: str) -> None:
        """Takes the run's options for reports.

        Args:
            prefix: pytest's --junit-prefix.
            duration: which phase's duration counts, `junit_duration_report`; "total" for all.
        """
        self._prefix, self._duration = prefix, duration

    def attribute(self, nodeid: str, name: str, value: str) -> None:
        """Takes an attribute of `record_xml_attribute`."""
        self._added.setdefault(nodeid, {})[name] = value

    def passed(self, nodeid: str, file: str, line: int | None, durations: Sequence[float]) -> None:
        """Adds a test that passed and has nothing to tell.

        Args:
            nodeid: the test.
            file: its file.
            line: its line, from 0.
            durations: seconds of its set-up, call and teardown.
        """
        case = self._case((nodeid, ""), file, line)
        phases = zip(PHASES, durations, strict=True)
        case.passed = True
        case.duration += sum(seconds for when, seconds in phases if self._duration in ("total", when))
        self._close((nodeid, ""))

    def report(self, report: ReportNote) -> None:
        """Adds a report on a phase of a test."""
        key = (report.nodeid, report.worker)
        failed_before = key in self._open and (self._open[key].has("failure") or self._open[key].is_quarantined)
        if failed_before and report.when == "teardown" and report.outcome == "failed":
            # A failure and an error are two cases, as the schema of such reports wants it.
            self._close(key)
        case = self._case(key, report.file, report.line)
        case.properties = report.properties or case.properties
        if self._duration in ("total", report.when):
            case.duration += report.duration
        if report.outcome == "rerun":
            self._repeated.add(key)
            case.attempts.append(report.details)
        elif report.outcome in ("failed", "skipped"):
            case.elements += result_elements(report)
        elif (report.outcome, report.when) == ("passed", "call"):
            case.passed = True
        if report.when == "teardown":
            self._finish(key)

    def uncollected(self, report: ReportNote) -> None:
        """Adds what was not collected."""
        tag, message = (
            ("error", "collection failure") if report.outcome == "failed" else ("skipped", "collection skipped")
        )
        case = self._case((report.nodeid, ""), report.file, report.line)
        case.elements.append(Element(tag=tag, attributes={"message": message}, text=report.details))
        self._close((report.nodeid, ""))

    def add_output(self, nodeid: str, stacks: str, out: str, err: str) -> bool:
        """Adds what is known of a test whose worker died.

        Args:
            nodeid: the test.
            stacks: the worker's stacks.
            out: what it printed to standard output.
            err: what it printed to standard error.

        Returns:
            Whether there is such a test.
        """
        case = next((case for key, case in self._open.items() if key[0] == nodeid and case.has("error")), None)
        if case is not None:
            case.elements[-1].text += f"\n{stacks}" if stacks else ""
            case.elements += word_elements(out, err)
        return case is not None

    def shown(self, errors: Sequence[CaseError]) -> list[Case]:
        """Chooses what test.xml shows.

        Args:
            errors: what no report tells of; each is a case of its own.

        Returns:
            The cases; one that did not come to its end is there only as far as it has a result.
        """
        unfinished = {id(case) for case in self._open.values()}
        shown = [case for case in self.all if case.has(*_RESULTS) or (case.passed and id(case) not in unfinished)]
        return [*shown, *(self._error_case(error) for error in errors)]

    def _error_case(self, error: CaseError) -> Case:
        open_cases = [case for key, case in self._open.items() if key[0] == error.nodeid]
        case = Case(attributes=self._attributes(error.nodeid, error.nodeid.split("::")[0], None))
        for begun in open_cases:
            case.properties, case.attempts = begun.properties, begun.attempts
        case.elements.append(Element(tag="error", attributes={"message": error.message}, text=error.details))
        case.elements += word_elements(error.output, error.errors)
        return case

    def _case(self, key: tuple[str, str], file: str, line: int | None) -> Case:
        if key not in self._open:
            self._open[key] = case = Case(attributes=self._attributes(key[0], file, line))
            self.all.append(case)
        return self._open[key]

    def _finish(self, key: tuple[str, str]) -> None:
        """Closes a case at the end of a test, unless another attempt follows."""
        if key in self._repeated:
            self._repeated.discard(key)
        else:
            self._close(key)

    def _close(self, key: tuple[str, str]) -> None:
        case = self._open.pop(key)
        case.attributes.update(self._added.get(key[0], {}))

    def _attributes(self, nodeid: str, file: str, line: int | None) -> dict[str, str]:
        *classes, name = names_of(nodeid)
        if self._prefix:
            classes.insert(0, self._prefix)
        attributes = {"classname": ".".join(classes), "name": name or "(no name)", "file": file}
        return attributes if line is None else {**attributes, "line": str(line)}
