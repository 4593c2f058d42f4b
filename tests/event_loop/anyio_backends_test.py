"""Where the target asks for AnyIO's plugin, that runs async tests, once on each of its default backends."""

import anyio
import pytest
import sniffio

pytestmark = pytest.mark.anyio
_seen: list[str] = []


async def test_runs(anyio_backend_name: str) -> None:
    """A test runs on the backend that its fixture names."""
    await anyio.sleep(0)
    assert sniffio.current_async_library() == anyio_backend_name
    _seen.append(anyio_backend_name)


def test_backends(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> None:
    """All installed backends had their turn; nothing of the event loop is in the run, and the pytester plugin is."""
    assert _seen == list(anyio.get_available_backends())
    assert not pytestconfig.pluginmanager.has_plugin("hermetic_pytest.event_loop")
    assert request.getfixturevalue("pytester")
