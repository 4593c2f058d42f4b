"""What there is before the first module of the target is left to no collection; everything later is collected."""

import gc
import weakref

import pytest


class _Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_collector_runs() -> None:
    """The collector is on, and finds what a test leaves."""
    assert gc.isenabled()
    cycle = _Cycle()
    left = weakref.ref(cycle)
    del cycle
    gc.collect()
    assert left() is None


def test_pytest_is_frozen() -> None:
    """The classes of pytest are not looked through; those of this module are."""
    assert gc.get_freeze_count() > 10_000
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(pytest.Item) not in looked_through
    assert id(_Cycle) in looked_through
