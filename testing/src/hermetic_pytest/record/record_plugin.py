"""Notes in a record what pytest does.

Each note is a tuple that starts with its kind:

    ("collect", nodeid)        a file, class or folder is being collected
    ("uncollected", report)    something was not collected: it failed, or was skipped
    ("collected", number)      so many tests were there before any was taken away
    ("deselected", number)     so many of them were deselected
    ("selected", nodeids)      these are to run; there may be several such notes
    ("settings", prefix, duration, keywords, marks)     options of the run that test.xml or the verdict depend on
    ("start", nodeid)          a test has begun; its set-up comes first
    ("passed", nodeid, report's nodeid, location, durations)    a test without anything to tell has ended
    ("report", nodeid, report)     any other report on a test, the values of a `ReportNote`
    ("end", nodeid)            the test of the reports before it has ended
    ("attribute", nodeid, name, value)    of `record_xml_attribute`
    ("suite property", name, value)       of `record_testsuite_property`
    ("refused value", nodeid, type)       a value refused to be text, and its place says so; no node id for the suite's
    ("interrupted", text), ("internal error", text)    why pytest stops
    ("excuse", text)           why it is no failure that no test has run
    ("shutdown",)              all tests have ended
    ("complete",)              and all plugins have finished the session
    ("lost", number)           a note of so many bytes was too long
    ("refused", text)          the run cannot start as asked
    ("exit", code)             pytest has ended

Tests may replace what they want, also in this package. So what the hooks use is bound when the plugins are made: in the
variables of functions, and in attributes of the plugins themselves.
"""

from collections.abc import Callable

from hermetic_pytest.record.added_attributes import AddedAttributes
from hermetic_pytest.record.run_notes import RunNotes
from hermetic_pytest.record.test_notes import TestNotes


def record_plugins(note: Callable[..., None], enter_phase: Callable[[int], None]) -> list[object]:
    """Makes the plugins that note a run.

    Args:
        note: makes a note.
        enter_phase: keeps the phase of the test that runs in this process.

    Returns:
        The plugins, for `pytest.main`.
    """
    return [TestNotes(note, enter_phase), RunNotes(note), AddedAttributes(note)]
