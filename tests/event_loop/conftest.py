"""Suites to run inside tests, on each backend that a test asks for."""

# Once for all inner runs: pytester forgets what they import, which takes its time, and extension modules are not made
# to be imported again.
import anyio.pytest_plugin  # noqa: F401  # see above
import hermetic_pytest.event_loop.async_run  # noqa: F401  # see above
import hypothesis  # noqa: F401  # see above
import pytest
import trio  # noqa: F401  # see above
import uvloop  # noqa: F401  # see above

from tests.event_loop.inner_suite import InnerSuite


@pytest.fixture
def suite(pytester: pytest.Pytester) -> InnerSuite:
    """A suite on asyncio."""
    return InnerSuite(pytester, "asyncio")


@pytest.fixture(params=["asyncio", "uvloop"])
def asyncio_suite(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> InnerSuite:
    """A suite on asyncio, with its own loop and with uvloop's."""
    return InnerSuite(pytester, request.param)


@pytest.fixture(params=["asyncio", "uvloop", "trio"])
def any_suite(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> InnerSuite:
    """A suite on each backend."""
    return InnerSuite(pytester, request.param)
