"""Lets contestants take turns, so that what slows the machine down for a while slows all of them."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from benchmarks.progress import report_progress

Sample = TypeVar("Sample")


def take_turns(group: str, contestants: Mapping[str, Callable[[], Sample]], rounds: int) -> dict[str, list[Sample]]:
    """Measures each contestant once a round; who is first moves on from round to round.

    Before the first round each runs once without being measured: that builds targets, writes bytecode and fills
    the page cache for all of them alike.

    Args:
        group: the name that progress is reported under, on standard error.
        contestants: what takes one sample, by contestant.
        rounds: how many samples to take of each.

    Returns:
        The samples, by contestant.
    """
    names = list(contestants)
    samples: dict[str, list[Sample]] = {name: [] for name in names}
    for name in names:
        report_progress(f"{group}: warming up {name}")
        contestants[name]()
    for number in range(rounds):
        report_progress(f"{group}: round {number + 1} of {rounds}")
        first = number % len(names)
        for name in names[first:] + names[:first]:
            samples[name].append(contestants[name]())
    return samples
