"""Notes what tests add to test.xml by pytest's fixtures `record_xml_attribute` and `record_testsuite_property`.

pytest gives what they are told to the plugin that writes its own report; what `record_property` is told is in reports.
"""

from collections.abc import Callable

import pytest

from hermetic_pytest.record.plain_values import bounded_text


class AddedAttributes:
    """A pytest plugin that stands before these fixtures, which go on to do what they do."""

    def __init__(self, note: Callable[..., None]) -> None:
        """Takes the record.

        Args:
            note: makes a note.
        """
        self._noted = _noted(note)

    @pytest.fixture
    def record_xml_attribute(
        self, request: pytest.FixtureRequest, record_xml_attribute: Callable[[str, object], None]
    ) -> Callable[[str, object], None]:
        """Adds extra XML attributes to the tag of the calling test."""
        return self._noted(record_xml_attribute, "attribute", request.node.nodeid)

    @pytest.fixture(scope="session")
    def record_testsuite_property(
        self, record_testsuite_property: Callable[[str, object], None]
    ) -> Callable[[str, object], None]:
        """Adds a property to the whole test suite."""
        return self._noted(record_testsuite_property, "suite property")


def _noted(note: Callable[..., None]) -> Callable[..., Callable[[str, object], None]]:
    make = bounded_text

    def noted(add: Callable[[str, object], None], *beginning: str) -> Callable[[str, object], None]:
        at = "".join(beginning[1:])
        text = make(lambda kind: note("refused value", at, kind))

        def add_and_note(name: str, value: object) -> None:
            add(name, value)
            note(*beginning, text(name), text(value))

        return add_and_note

    return noted
