"""The `event_loop` marker, by which a test, class or module has a loop of its own.

`@pytest.mark.event_loop(scope="function")` gives each test that it applies to a loop of its own, "class" and "module"
one that the tests so marked in the class or module share, and "session" the loop of all other tests, for a test in a
module or class that is marked otherwise. The closest marker counts.

An async fixture's loop depends on where the fixture is, never on who asks for it first: the marker that applies to
the test, class or module for which the fixture is set up counts, unless its loop lives shorter than the fixture. Thus
a function-scoped fixture is on the loop of its test; a module-scoped fixture is on the module's loop if the module is
marked so (`pytestmark = pytest.mark.event_loop(scope="module")`), and on the session's otherwise; a session-scoped
fixture is always on the session's. A test can use the value of a fixture on another loop, but nothing that has to
run there meanwhile, such as a server.
"""

from __future__ import annotations

import pytest

NAME = "event_loop"
HELP = (
    'event_loop(scope="function"): run each async test on an event loop of its own. With scope="class" or "module", '
    'the tests of a class or module share a loop. With scope="session", the tests run on the same loop as tests '
    "without this marker."
)
_SCOPES = ("function", "class", "module", "session")


def check(item: pytest.Item) -> None:
    """Refuses a malformed marker.

    Args:
        item: a collected test.

    Raises:
        pytest.UsageError: the test's closest marker has other arguments than one known scope, or asks for the loop of
            a class where there is none.
    """
    mark = item.get_closest_marker(NAME)
    if mark is None:
        return
    scope = _scope(mark)
    if scope not in _SCOPES:
        got = ", ".join([*map(repr, mark.args), *(f"{name}={value!r}" for name, value in mark.kwargs.items())])
        raise pytest.UsageError(
            f"{item.nodeid}: marker event_loop({got}): expected one scope of {', '.join(map(repr, _SCOPES))}. "
            'Write for example @pytest.mark.event_loop(scope="module").'
        )
    if scope == "class" and item.getparent(pytest.Class) is None:
        raise pytest.UsageError(
            f'{item.nodeid}: marker event_loop(scope="class"), but the test is in no class. '
            'Write scope="function" or scope="module", or move the test into a class.'
        )


def _scope(mark: pytest.Mark) -> object:
    """Reads the marker's one argument; no argument means "function", others are no scope."""
    if mark.args or mark.kwargs.keys() - {"scope"}:
        return mark.args[0] if len(mark.args) == 1 and not mark.kwargs else None
    return mark.kwargs.get("scope", "function")


def loop_owner(node: pytest.Item | pytest.Collector) -> pytest.Item | pytest.Collector:
    """Finds how long the loop lives that the markers ask for.

    Args:
        node: the test that runs, or the test, class, module or session for which a fixture is set up.

    Returns:
        The node with which the loop ends: a test, class or module if a marker says so, or the session.
    """
    mark = node.get_closest_marker(NAME)
    scope = "session" if mark is None else _scope(mark)
    owner: pytest.Item | pytest.Collector | None = None
    if scope == "function" and isinstance(node, pytest.Item):
        owner = node
    elif scope == "class":
        owner = node.getparent(pytest.Class)
    elif scope == "module":
        owner = node.getparent(pytest.Module)
    return node.session if owner is None else owner
