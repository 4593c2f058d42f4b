"""Whatever plugins and tests make of a report, it is noted, read back and written as well-formed XML."""

import pathlib
import types
import xml.etree.ElementTree as ElementTree

import hypothesis
import pytest
from hermetic_pytest.quarantine.marks import ATTRIBUTE
from hermetic_pytest.record.record import Record
from hermetic_pytest.record.report_notes import report_reader
from hermetic_pytest.test_xml.junit_xml import junit_xml
from hermetic_pytest.test_xml.run_state import RunState
from hypothesis import strategies

from tests.supervision.supervised_run import case, run

hypothesis.settings.register_profile("hermetic", database=None, deadline=None, derandomize=True, max_examples=200)
hypothesis.settings.load_profile("hermetic")


class _Refuses:
    """Raises whatever it is asked for."""

    @property
    def reprcrash(self) -> object:
        raise KeyboardInterrupt

    def __str__(self) -> str:
        raise SystemExit

    def __iter__(self) -> None:
        raise GeneratorExit

    __bool__ = __len__ = __iter__


_TEXTS = strategies.text(strategies.characters(codec=None))

_SCALARS = (
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats()
    | strategies.binary()
    | _TEXTS
    | strategies.builds(object)
    | strategies.builds(_Refuses)
)

_VALUES = strategies.recursive(
    _SCALARS, lambda inner: strategies.lists(inner, max_size=4) | strategies.lists(inner, max_size=4).map(tuple)
)

_PAIRS = strategies.lists(strategies.tuples(_VALUES, _VALUES), max_size=3)

_FIELDS = {
    "nodeid": _TEXTS | _VALUES,
    "location": strategies.tuples(_TEXTS, _VALUES, _TEXTS) | _VALUES,
    "when": strategies.sampled_from(["setup", "call", "teardown"]) | _VALUES,
    "outcome": strategies.sampled_from(["passed", "failed", "skipped", "rerun"]) | _VALUES,
    "duration": _VALUES,
    "longrepr": strategies.tuples(_VALUES, _VALUES, _VALUES) | _VALUES,
    "sections": _PAIRS | _VALUES,
    "user_properties": _PAIRS | _VALUES,
    "wasxfail": _VALUES,
    "worker_id": _VALUES,
    ATTRIBUTE: _VALUES,
}


@hypothesis.given(strategies.lists(strategies.fixed_dictionaries({}, optional=_FIELDS), min_size=1, max_size=4))
def test_any_report(reports: "list[dict[str, object]]") -> None:
    """Each report of a test is a note of its own, and the file is well-formed."""
    record, state = Record(1 << 20), RunState()
    note, read = record.writer(), report_reader()
    note("start", "x_test.py::test_it")
    for fields in reports:
        note("report", "x_test.py::test_it", read(types.SimpleNamespace(**fields)))
    notes = record.take(ended=True)
    assert [kind for kind, *_ in notes] == ["start", *("report" for _ in reports)]
    state.add(notes)
    ElementTree.fromstring(junit_xml("//pkg:x_test", state.cases.shown([]), state.cases.suite_properties, 0.0))


@hypothesis.given(_VALUES, strategies.sampled_from(["failed", "skipped"]))
def test_a_failure_stays_one(value: object, outcome: str) -> None:
    """A result is not lost by what else its report has."""
    record, state = Record(1 << 20), RunState()
    fields = {name: value for name in _FIELDS if name not in ("outcome", "when", ATTRIBUTE, "wasxfail")}
    report = types.SimpleNamespace(**fields, when="call", outcome=outcome)
    record.writer()("report", "x_test.py::test_it", report_reader()(report))
    state.add(record.take(ended=True))
    assert state.failed == int(outcome == "failed")
    (case,) = state.cases.shown([])
    assert case.has("failure" if outcome == "failed" else "skipped")


_CONFTEST = """
import decimal
import pytest

class Ambiguous:
    def __bool__(self):
        raise ValueError("ambiguous, as an array is")

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    {change}
    return report
"""


@pytest.mark.parametrize(
    "change",
    [
        "report.user_properties = Ambiguous()",
        "report.duration = decimal.Decimal(1)",
        "report.duration = 10 ** 400",
        "report.location = ()",
        "report.location = (1, Ambiguous(), 3)",
        "report.sections = None",
    ],
)
def test_passing_test(tmp_path: pathlib.Path, change: str) -> None:
    """A test that passed has passed, whatever a conftest has made of its reports."""
    (tmp_path / "conftest.py").write_text(_CONFTEST.format(change=change), encoding="utf-8")
    (tmp_path / "x_test.py").write_text("def test_a(): pass\n", encoding="utf-8")
    code, log = run(tmp_path, "x_test.py", "-p", "no:terminal")
    assert code == 0, log
    assert not {child.tag for child in case(tmp_path, "test_a")} & {"failure", "error", "skipped"}
