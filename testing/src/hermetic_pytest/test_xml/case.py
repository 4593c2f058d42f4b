"""One case of test.xml, and how a test is named there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hermetic_pytest.quarantine.marks import TYPE
from hermetic_pytest.test_xml.case_elements import Element


@dataclass(kw_only=True)
class Case:
    """One test, or a file that was not collected.

    Attributes:
        attributes: its class, its name, its place, and what a test adds.
        duration: seconds.
        properties: names and values of `record_property`.
        elements: its results and output.
        attempts: how earlier attempts failed.
        passed: whether it passed; one that has no result either has not run.
    """

    attributes: dict[str, str]
    duration: float = 0.0
    properties: Sequence[tuple[str, str]] = ()
    elements: list[Element] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    passed: bool = False

    def has(self, *tags: str) -> bool:
        """Tells whether there is an element of one of the kinds."""
        return any(element.tag in tags for element in self.elements)

    @property
    def failed(self) -> bool:
        """Whether it failed, quarantined or not."""
        return self.has("failure", "error") or self.is_quarantined

    @property
    def is_quarantined(self) -> bool:
        """Whether it has a failure that is excused."""
        return any(each.attributes.get("type") == TYPE for each in self.elements)


@dataclass(frozen=True, kw_only=True)
class CaseError:
    """An error that no report of pytest's tells of.

    Attributes:
        nodeid: what is to blame.
        message: what happened.
        details: the same at length.
        output: what was printed last to standard output.
        errors: what was printed last to standard error.
    """

    nodeid: str
    message: str
    details: str
    output: str = ""
    errors: str = ""


def names_of(nodeid: str) -> list[str]:
    """Splits a node id as pytest's report does: the file as a module, classes, and the test with its parameters.

    Args:
        nodeid: the node id.

    Returns:
        The names; the last one is the test's.
    """
    path, separator, rest = nodeid.partition("::")
    module = path.replace("/", ".").removesuffix(".py")
    if not separator:
        return [module]
    name, bracket, parameters = rest.partition("[")
    names = [module, *name.split("::")]
    names[-1] += bracket + parameters
    return names
