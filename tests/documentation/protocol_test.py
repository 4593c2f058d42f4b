"""The documentation of Bazel's protocol is complete."""

import re

import pytest
from hermetic_pytest.outputs import report_paths

from tests.conftest import VARIABLES
from tests.documentation.pages import rows, text

_PAGE = "protocol.md"


@pytest.mark.parametrize("variable", VARIABLES)
def test_variable_has_a_row(variable: str) -> None:
    """Each variable that the launcher reads is explained once."""
    assert len([row for row in rows(_PAGE) if row.get("Variable") == f"`{variable}`"]) == 1


def test_reports() -> None:
    """The list of report options is the one that the launcher has."""
    options = [*report_paths.REPORTS, *report_paths.TYPED_REPORTS]
    listed = text(_PAGE).partition("## Reports")[2].partition("\n## ")[0]
    assert sorted(options) == sorted(set(re.findall(r"`(--[a-z-]+)`", listed)))
