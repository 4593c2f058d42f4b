"""A pytest plugin that knows the settings of AnyIO's pytest plugin, in whose place `event_loop` runs async tests.

It is named on pytest's command line, and gets to pytest-xdist's workers with that. PYTEST_DONT_REWRITE
"""

import pytest

_HELP = "AnyIO's mode; async tests need neither a mode nor a marker here"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Accepts the mode (https://anyio.readthedocs.io/en/stable/testing.html); async tests run in any."""
    parser.addini("anyio_mode", _HELP, default="auto")
    parser.getgroup("anyio").addoption("--anyio-mode", dest="anyio_mode", help=_HELP)
