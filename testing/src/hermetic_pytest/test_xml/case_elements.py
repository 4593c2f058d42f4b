"""The elements of a case in test.xml, as pytest's own JUnit report has them."""

from dataclasses import dataclass, field

from hermetic_pytest.quarantine.marks import TYPE
from hermetic_pytest.record.report_notes import ReportNote


@dataclass(kw_only=True)
class Element:
    """A child of a case.

    Attributes:
        tag: what it is, `failure` for example.
        attributes: its attributes.
        text: its text.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


def result_elements(report: ReportNote) -> list[Element]:
    """Makes the elements for a report on a phase that failed or was skipped.

    Args:
        report: the report.

    Returns:
        The result, and what was captured.
    """
    if report.quarantine is not None:
        return [_quarantined(report), *_output(report)]
    if report.outcome == "skipped":
        return [_skipped(report), *(_output(report) if report.expected is None else [])]
    if report.when == "call" and report.expected is not None:
        return [
            Element(tag="skipped", attributes={"message": "xfail-marked test passes unexpectedly"}),
            *_output(report),
        ]
    if report.when == "call":
        failure = Element(tag="failure", attributes={"message": report.message}, text=report.details)
        return [failure, *_output(report)]
    phase = "teardown" if report.when == "teardown" else "setup"
    message = f'failed on {phase} with "{report.message}"'
    # pytest leaves out what a set-up printed that failed.
    output = _output(report) if phase == "teardown" or any(report.output) else []
    return [Element(tag="error", attributes={"message": message}, text=report.details), *output]


def _quarantined(report: ReportNote) -> Element:
    phase = "" if report.when == "call" else f"failed on {report.when}\n"
    attributes = {"type": TYPE, "message": f"quarantined: {report.quarantine}"}
    return Element(tag="skipped", attributes=attributes, text=f"{phase}{report.details}")


def _skipped(report: ReportNote) -> Element:
    if report.expected is not None:
        reason = report.expected.removeprefix("reason: ")
        return Element(tag="skipped", attributes={"type": "pytest.xfail", "message": reason})
    return Element(tag="skipped", attributes={"type": "pytest.skip", "message": report.message}, text=report.details)


def _output(report: ReportNote) -> list[Element]:
    """Makes the elements for what was captured of a test, as pytest does for `junit_logging = all`."""
    log, out, err = report.output
    return [
        Element(tag="system-out", text=_headed(" Captured Log ", log) + _headed(" Captured Out ", out)),
        Element(tag="system-err", text=_headed(" Captured Err ", err)),
    ]


def word_elements(out: str, err: str) -> list[Element]:
    """Makes the elements for what was printed last.

    Args:
        out: to standard output.
        err: to standard error.

    Returns:
        An element for each that is not empty.
    """
    return [Element(tag=tag, text=text) for tag, text in (("system-out", out), ("system-err", err)) if text]


def _headed(heading: str, text: str) -> str:
    return f"{heading.center(80, '-')}\n{text}\n"
