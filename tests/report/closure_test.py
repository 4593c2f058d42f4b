"""What the report page needs is no test's burden."""

import importlib.util

import pytest


@pytest.mark.parametrize("module", ["jinja2", "markupsafe", "hermetic_pytest.report"])
def test_not_in_the_closure(module: str) -> None:
    """A test that does not ask for it has neither the page's code nor its template engine."""
    assert importlib.util.find_spec(module) is None
