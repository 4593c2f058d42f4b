"""A pytest plugin: a test that leaves the process changed for the tests after it fails.

Watched are the working directory, the environment variables and `sys.path`. What a test changed is put back, so that
one careless test is one failure. A change by a fixture of a wider scope is no failure: that fixture is to undo it.
"""

from collections.abc import Iterator

import pytest

from examples.tidy.state import State, differences, restore, snapshot


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declares the option `tidy_ignore`."""
    parser.addini("tidy_ignore", "environment variables that tests may leave changed", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marker `untidy`."""
    config.addinivalue_line("markers", "untidy(reason): the test may leave the process changed; it is put back")


@pytest.fixture(autouse=True)
def tidy(request: pytest.FixtureRequest) -> Iterator[None]:
    """Compares the process before and after the test and its function-scoped fixtures.

    Being automatic, it is set up before the other fixtures of the function scope and torn down after them.
    """
    before = _snapshot(request.config)
    yield
    after = _snapshot(request.config)
    changes = differences(before, after)
    if not changes:
        return
    restore(before, after)
    if request.node.get_closest_marker("untidy") is None:
        pytest.fail("the test left the process changed:\n" + "\n".join(changes), pytrace=False)


def _snapshot(config: pytest.Config) -> State:
    # pytest itself keeps the name and the phase of the running test in this variable.
    return snapshot(ignore={"PYTEST_CURRENT_TEST", *config.getini("tidy_ignore")})
