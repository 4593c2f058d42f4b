"""Keeps the garbage collector from what is made before the first test, and stays.

pytest has all garbage collected twice at the end of a run, to tell of exceptions that nobody could catch. Nearly
everything that is looked through then are pytest's own functions and classes (docs/performance.md has the times).
"""

import functools
import gc
from collections.abc import Callable
from typing import Any


def hold_collector() -> None:
    """Ends automatic collection, until a run has the plugin below begin it again."""
    gc.disable()


class Collector:
    """A pytest plugin that has garbage collected, except what there is before the first module of the target."""

    def pytest_load_initial_conftests(self) -> None:
        """Steps in where pytest has loaded plugins, and no conftest (https://docs.python.org/3/library/gc.html)."""
        gc.freeze()
        gc.enable()
        # They leave frozen objects out. Who looks for the owners of an object, as Hypothesis does, must find them all.
        gc.get_objects = _over_all(gc.get_objects)
        gc.get_referrers = _over_all(gc.get_referrers)


def _over_all(function: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    @functools.wraps(function)
    def over_all(*arguments: Any, **named: Any) -> list[Any]:
        gc.unfreeze()
        # What this call holds is nobody's business.
        return [found for found in function(*arguments, **named) if found is not arguments and found is not named]

    return over_all
