"""What a record keeps of pytest's reports: texts, as they stand in test.xml.

As in `hermetic_pytest.record.note_writer`, nothing is looked up when a report is noted.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from hermetic_pytest.quarantine.marks import ATTRIBUTE
from hermetic_pytest.record.plain_values import attribute_reader, bounded_text, text_of

# What takes the type's name of a value that refuses to be text.
_Refused = Callable[[str], object] | None


class ReportNote(NamedTuple):
    """A report on a phase of a test, or on the collection of a file.

    Attributes:
        nodeid: what it is about.
        file: the file that the report names.
        line: the line in it, from 0; None where it names none.
        when: "setup", "call", "teardown", "collect", or a plugin's own.
        outcome: "passed", "failed", "skipped", or a plugin's own.
        duration: seconds.
        message: what went wrong, or why it was skipped, in short.
        details: the same at length.
        output: what was captured of the log, standard output and standard error.
        properties: names and values of `record_property`.
        expected: the reason of an `xfail` that held, None for others.
        worker: which worker of pytest-xdist it comes from, empty for none.
        quarantine: reason, owner and last date of a failure that is quarantined, None for others.
    """

    nodeid: str
    file: str
    line: int | None
    when: str
    outcome: str
    duration: float
    message: str = ""
    details: str = ""
    output: tuple[str, str, str] = ("", "", "")
    properties: tuple[tuple[str, str], ...] = ()
    expected: str | None = None
    worker: str = ""
    quarantine: str | None = None


def report_reader(refused: _Refused = None) -> Callable[[Any], tuple[object, ...]]:
    """Makes the function that takes from a report what the record keeps.

    It raises nothing, whatever plugins and tests have made of the report.

    Args:
        refused: takes the type's name of a value that refuses to be text.

    Returns:
        The function; what it returns are the values of a `ReportNote`.
    """
    read, text, described, sections, properties = (
        attribute_reader(),
        bounded_text(refused),
        _description(refused),
        _sections(refused),
        _properties(refused),
    )
    whole, real, exact, count, first = int, float, type, len, tuple.__getitem__

    def note(report: Any) -> tuple[object, ...]:
        outcome = text(read(report, "outcome", ""))
        expected, quarantine = read(report, "wasxfail", None), read(report, ATTRIBUTE, None)
        place = read(report, "location", None)
        if exact(place) is not tuple or count(place) < 2:
            place = (read(report, "nodeid", ""), None)
        line, duration = first(place, 1), read(report, "duration", 0.0)
        return (
            text(read(report, "nodeid", "")),
            text(first(place, 0)),
            line if exact(line) is whole else None,
            text(read(report, "when", "collect")),
            outcome,
            duration if exact(duration) is real else 0.0,
            *(("", "") if outcome == "passed" else described(report)),
            ("", "", "") if outcome == "passed" else sections(report),
            properties(read(report, "user_properties", ())),
            None if expected is None else text(expected),
            text(read(report, "worker_id", "")),
            None if quarantine is None else text(quarantine),
        )

    return note


def _description(refused: _Refused) -> Callable[[Any], tuple[str, str]]:
    read, text, exact, triple, count = attribute_reader(), bounded_text(refused), type, tuple, len

    def description(report: Any) -> tuple[str, str]:
        cause = read(report, "longrepr", None)
        if exact(cause) is triple and count(cause) == 3:
            # pytest's form for a skip.
            file, line, reason = cause
            reason = text(reason).removeprefix("Skipped: ")
            # Of a file that was skipped as a whole, pytest writes the three as they are.
            whole = read(report, "when", None) == "collect"
            return reason, text(cause) if whole else f"{text(file)}:{text(line)}: {reason}"
        crash = read(cause, "reprcrash", None)
        details = text(cause)
        return details if crash is None else text(read(crash, "message", details)), details

    return description


def _sections(refused: _Refused) -> Callable[[Any], tuple[str, str, str]]:
    read, text, bounded = attribute_reader(), text_of(refused), bounded_text(refused)
    join, anything = "".join, BaseException

    def sections(report: Any) -> tuple[str, str, str]:
        found: dict[str, list[str]] = {"log": [], "stdout": [], "stderr": []}
        try:
            for title, content in read(report, "sections", ()):
                for name, texts in found.items():
                    if text(title).startswith(f"Captured {name}"):
                        texts.append(text(content))
        except anything:  # a plugin may have made anything of the sections
            found["log"].append("the report's sections are no pairs of texts")
        return bounded(join(found["log"])), bounded(join(found["stdout"])), bounded(join(found["stderr"]))

    return sections


def _properties(refused: _Refused) -> Callable[[object], tuple[tuple[str, str], ...]]:
    text, freeze, anything = bounded_text(refused), tuple, BaseException

    def properties(values: Any) -> tuple[tuple[str, str], ...]:
        try:
            if not values:
                return ()
            return freeze([(text(name), text(value)) for name, value in values])
        except anything:  # a plugin may have made anything of the properties
            return (("user_properties", text(values)),)

    return properties
