"""Divides tests into parts that take equally long, by the durations of earlier runs.

Longest first is the rule: each test goes to the part that has least to do so far, the longest tests first. Whole
modules go that way if the longest part is not longer for it than with single tests; if it is, long modules are cut into
pieces, and the pieces into smaller ones, until it no longer is.

Which part a test is in depends on ids and durations alone. All sums are of whole microseconds, so the tests' order
does not matter to them.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# What a test counts that is as unknown as all others.
_UNKNOWN_SECONDS = 1.0

# The share, as its reciprocal, that the two digits of a durations file leave open: 1.0 is anything from 0.95 to 1.05.
_PRECISION = 20


def costs_of(tests: Sequence[str], durations: Mapping[str, float]) -> list[int]:
    """Looks up what the tests of a target cost.

    Args:
        tests: the tests' ids.
        durations: seconds by id; ids of other targets and former tests do not matter.

    Returns:
        Microseconds, at least 1; for an unknown test the median of the known ones, the upper one of two.
    """
    known = sorted(durations[test] for test in tests if test in durations)
    median = known[len(known) // 2] if known else _UNKNOWN_SECONDS
    return [max(1, round(durations.get(test, median) * 1_000_000)) for test in tests]


def longest_first(tests: Sequence[tuple[str, str]], costs: Sequence[int], total: int) -> list[int]:
    """Gives each part as much to do as the others, and keeps modules together where that costs nothing.

    Args:
        tests: the module of each test, and the group in it that must not be divided.
        costs: what each test costs, at least 1.
        total: the number of parts, at least 1.

    Returns:
        The part of each test, from 0.
    """
    units: Counter[tuple[str, str]] = Counter()
    for test, cost in zip(tests, costs, strict=True):
        units[test] += cost
    bound = max(-(-units.total() // total), max(units.values(), default=0))
    limit = max(_makespan(_assign(_pieces(units, 0), total)), bound + bound // _PRECISION)
    assigned = next(parts for parts in _divisions(units, limit, total) if _makespan(parts) <= limit)
    chosen = {unit: number for number, part in enumerate(assigned) for piece in part for unit in piece.units}
    return [chosen[test] for test in tests]


@dataclass
class _Piece:
    """A module, or some of its groups.

    Attributes:
        units: the module and name of each group.
        cost: what all of them cost.
    """

    units: list[tuple[str, str]]
    cost: int


def _divisions(units: Counter[tuple[str, str]], limit: int, total: int) -> Iterator[list[list[_Piece]]]:
    """Divides whole modules, then ever smaller pieces, down to single groups."""
    yield _assign(_pieces(units, units.total()), total)
    most = limit
    while most > 0:
        yield _assign(_pieces(units, most), total)
        most //= 2
    yield _assign(_pieces(units, 0), total)


def _pieces(units: Counter[tuple[str, str]], most: int) -> list[_Piece]:
    """Cuts modules into neighbours that cost no more than `most` together; a single group may cost more."""
    pieces: list[_Piece] = []
    for unit in sorted(units):
        last = pieces[-1] if pieces else None
        if last is not None and last.units[0][0] == unit[0] and last.cost + units[unit] <= most:
            last.units.append(unit)
            last.cost += units[unit]
        else:
            pieces.append(_Piece([unit], units[unit]))
    return pieces


def _assign(pieces: list[_Piece], total: int) -> list[list[_Piece]]:
    """Gives each piece, the longest first, to the part that has least to do; ids and numbers decide between equals."""
    parts: list[list[_Piece]] = [[] for _ in range(total)]
    loads = [(0, number) for number in range(total)]
    for piece in sorted(pieces, key=lambda piece: (-piece.cost, piece.units[0])):
        load, number = loads[0]
        parts[number].append(piece)
        heapq.heapreplace(loads, (load + piece.cost, number))
    return parts


def _makespan(parts: list[list[_Piece]]) -> int:
    """Returns what the longest part costs."""
    return max(sum(piece.cost for piece in part) for part in parts)
