"""Divides tests into the parts that Bazel's shards run.

Which part a test is in depends on the tests' ids alone: not on their order, which plugins may shuffle, which
parameters from a set change with the hash seed, and which would make the shards disagree.
"""

import heapq
from collections import Counter
from collections.abc import Sequence

# The share of a part, as its reciprocal, that a cut may cost so as not to go through a module.
_SLACK = 10


def in_chunks(tests: Sequence[tuple[str, str]], total: int) -> list[int]:
    """Gives each part tests that follow each other by module and id.

    A cut between two parts lies between two modules where there is such a place nearby: a part gets at most a tenth
    more tests than its share, so that fewer modules' fixtures are built twice.

    Args:
        tests: the module and the id of each test.
        total: the number of parts, at least 1.

    Returns:
        The part of each test, from 0.
    """
    order = sorted(range(len(tests)), key=tests.__getitem__)
    parts = [0] * len(tests)
    cuts = _cuts([tests[index][0] for index in order], total)
    for part, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(tests)], strict=True)):
        for index in order[start:end]:
            parts[index] = part
    return parts


def _cuts(modules: Sequence[str], total: int) -> list[int]:
    """Places the ends of all parts but the last, in the tests' order."""
    share, rest = divmod(len(modules), total)
    slack = len(modules) // (total * _SLACK)
    most = share + min(rest, 1) + slack
    boundaries = [index for index in range(1, len(modules)) if modules[index - 1] != modules[index]]
    cuts = [0]
    for part in range(1, total):
        # The first parts get one test more each where the division leaves a rest, so no empty part precedes a test.
        even = part * share + min(part, rest)
        near = [(abs(place - even), place) for place in boundaries if place - cuts[-1] <= most]
        distance, nearest = min(near, default=(slack + 1, even))
        cuts.append(nearest if distance <= slack else even)
    return cuts[1:]


def in_groups(groups: Sequence[str], total: int) -> list[int]:
    """Gives each part whole groups: the largest first, each to the part that has the fewest tests.

    Args:
        groups: the group of each test.
        total: the number of parts, at least 1.

    Returns:
        The part of each test, from 0. Among parts with equally many tests the first one gets the group, and among
        groups of the same size their names decide.
    """
    sizes = Counter(groups)
    parts = [(0, part) for part in range(total)]
    chosen = {}
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        size, part = parts[0]
        chosen[group] = part
        heapq.heapreplace(parts, (size + sizes[group], part))
    return [chosen[group] for group in groups]
