"""A value that refuses to be text is said once, and costs no result."""

import pathlib

import pytest

from tests.supervision.supervised_run import case, run

_REFUSES = """
class Refuses:
    def __str__(self):
        raise KeyboardInterrupt
    __repr__ = __str__

class Other(Refuses):
    pass
"""

_LINE = "hermetic_pytest: //pkg:x_test: {} cannot be written as text{}; test.xml says so in its place\n"


def _run(folder: pathlib.Path, tests: str, *, fails: bool) -> str:
    (folder / "x_test.py").write_text(f"{_REFUSES}\n{tests}\ndef test_last(): pass\n", encoding="utf-8")
    code, log = run(folder, "x_test.py")
    assert code == int(fails)
    assert case(folder, "test_last").find("error") is None
    return log


@pytest.mark.parametrize("end", ["pass", "assert 0"])
def test_property(tmp_path: pathlib.Path, end: str) -> None:
    """The log names the first test and its value's type, and how many others there are."""
    text = f"""
def test_a(record_property):
    record_property("name", Refuses())
def test_b(record_property):
    record_property("name", Other())
    {end}
"""
    log = _run(tmp_path, text, fails=end != "pass")
    assert log.count("cannot be written as text") == 1
    assert _LINE.format("x_test.py::test_a: a value of type Refuses", " (and 1 more)") in log
    (value,) = case(tmp_path, "test_a").iter("property")
    assert value.get("value") == "<Refuses object that cannot be written as text>"


def test_attribute(tmp_path: pathlib.Path) -> None:
    """The same holds for an attribute of the case, which pytest's own report does not ask for its text at once."""
    text = "def test_a(record_xml_attribute):\n    record_xml_attribute('name2', Refuses())\n"
    assert _LINE.format("x_test.py::test_a: a value of type Refuses", "") in _run(tmp_path, text, fails=False)


def test_property_of_the_suite(tmp_path: pathlib.Path) -> None:
    """A property of the suite belongs to no test."""
    text = "def test_a(record_testsuite_property):\n    record_testsuite_property('name', Refuses())\n"
    log = _run(tmp_path, text, fails=False)
    assert _LINE.format("a property of the test suite: a value of type Refuses", "") in log
