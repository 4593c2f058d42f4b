"""What there is before the first module of the target is left to no collection; everything later is collected."""

import gc
import random
import subprocess
import sys
import weakref

_COUNT = "import gc; print(gc.get_freeze_count())"


class _Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_start_is_frozen() -> None:
    """Much is frozen in this run, and what a program has at its start is not as such."""
    assert gc.get_freeze_count() > 10_000
    assert int(subprocess.check_output([sys.executable, "-c", _COUNT])) == 0


def test_collector_runs() -> None:
    """The collector is on, and finds what a test leaves."""
    assert gc.isenabled()
    cycle = _Cycle()
    left = weakref.ref(cycle)
    del cycle
    gc.collect()
    assert left() is None


def test_owners_of_frozen_objects() -> None:
    """Who asks for an object's owners finds those from the start, too; from then on, nothing is frozen."""
    generator = random._inst  # what Hypothesis looks for
    assert vars(random) in gc.get_referrers(generator)
    assert gc.get_freeze_count() == 0


def test_no_other_owners() -> None:
    """An object has no owner that only looking for owners makes."""
    owned = object()
    owner = [owned]
    assert gc.get_referrers(owned) == [owner]


def test_all_objects() -> None:
    """Who asks for all objects gets those from the start, too."""
    assert id(vars(random)) in {id(one) for one in gc.get_objects()}
