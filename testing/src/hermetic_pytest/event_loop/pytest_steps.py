"""What pytest does itself where no plugin has done it: calling a test's function, and setting up a fixture.

Async code is run here, and nowhere earlier: what another plugin or a conftest runs, whether it is known by name or not,
is run by then, or is no longer async. No hook of one's own has this place. Plugins are called in the reverse order of
their registration, so that those registered earlier would come later; and pytest's own implementations, the last ones,
are registered before all others (https://pluggy.readthedocs.io/en/stable/#call-time-order).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pluggy
import pytest


def wrap_step(hook: pluggy.HookCaller, plugin: str, wrapper: Callable[..., object]) -> None:
    """Puts a function around pytest's own implementation of a hook, inside of all others.

    Args:
        hook: the hook of a run.
        plugin: pytest's name of its plugin that has the implementation.
        wrapper: called instead, with a function that does what pytest does, and the arguments that this one takes by
            name.

    Raises:
        pytest.UsageError: pytest has no such implementation.
    """
    # Public, but declared final. tests/event_loop/pytest_contract_test.py says what is relied on.
    for implementation in hook.get_hookimpls():
        if implementation.plugin_name == plugin:
            step = _wrapped(implementation.function, implementation.argnames, wrapper)
            object.__setattr__(implementation, "function", step)
            return
    raise pytest.UsageError(
        f"hermetic_pytest's event loop: pytest {pytest.__version__} has no {hook.name} in its plugin {plugin!r}, "
        "expected one. Pin pytest to a version that this hermetic_pytest is tested with."
    )


def _wrapped(
    own: Callable[..., object], names: tuple[str, ...], wrapper: Callable[..., object]
) -> Callable[..., object]:
    def step(*arguments: Any) -> object:
        __tracebackhide__ = True
        return wrapper(functools.partial(own, *arguments), **dict(zip(names, arguments, strict=True)))

    return step
