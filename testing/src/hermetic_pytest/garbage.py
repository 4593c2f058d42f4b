"""Keeps the garbage collector from what is made before the first test, and stays.

pytest has all garbage collected twice at the end of a run, to tell of exceptions that nobody could catch. Nearly
everything that is looked through then are pytest's own functions and classes (docs/performance.md has the times).
"""

import gc


def hold_collector() -> None:
    """Ends automatic collection, until a run has the plugin below begin it again."""
    gc.disable()


class Collector:
    """A pytest plugin that has garbage collected, except what there is before the first module of the target."""

    def pytest_load_initial_conftests(self) -> None:
        """Steps in where pytest has loaded plugins, and no conftest (https://docs.python.org/3/library/gc.html)."""
        gc.freeze()
        gc.enable()
