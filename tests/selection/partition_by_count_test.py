"""Each test is in exactly one part, the parts are balanced, and only the tests' ids decide."""

import itertools
import random
from collections import Counter
from collections.abc import Callable

import pytest
from hermetic_pytest.selection.partition_by_count import in_chunks, in_groups
from hypothesis import given
from hypothesis import strategies as st

# A test's module and id; few modules and long ones, as in real targets.
_TESTS = st.lists(st.integers(1, 30), max_size=8).map(
    lambda sizes: [
        (f"m{module}_test.py", f"m{module}_test.py::test_{number}")
        for module, size in enumerate(sizes)
        for number in range(size)
    ]
)
_GROUPS = st.lists(st.sampled_from("abcdefgh"), max_size=60)
_TOTALS = st.integers(1, 60)


@given(_TESTS, _TOTALS)
def test_chunks_hold_every_test_once_in_one_of_the_parts(tests: list[tuple[str, str]], total: int) -> None:
    """Every test gets a part, and no part is outside the range."""
    parts = in_chunks(tests, total)
    assert len(parts) == len(tests)
    assert set(parts) <= set(range(total))


@given(_TESTS, _TOTALS)
def test_chunks_are_balanced(tests: list[tuple[str, str]], total: int) -> None:
    """No part has more than its share, rounded up, and a tenth."""
    sizes = Counter(in_chunks(tests, total))
    assert max(sizes.values(), default=0) <= -(-len(tests) // total) + len(tests) // total // 10


@given(_TESTS, _TOTALS)
def test_chunks_are_contiguous(tests: list[tuple[str, str]], total: int) -> None:
    """Along the tests' ids, the parts follow each other."""
    parts = dict(zip(tests, in_chunks(tests, total), strict=True))
    in_order = [parts[test] for test in sorted(tests)]
    assert in_order == sorted(in_order)


@given(_TESTS, _TOTALS)
def test_empty_parts_come_last(tests: list[tuple[str, str]], total: int) -> None:
    """With fewer tests than parts, the first parts have one each."""
    sizes = Counter(in_chunks(tests, total))
    assert all(sizes[part] > 0 for part in range(min(len(tests), total)))


@given(_TESTS, _TOTALS, st.randoms(use_true_random=False))
def test_order_of_tests_does_not_matter(tests: list[tuple[str, str]], total: int, chance: random.Random) -> None:
    """A plugin that shuffles the tests moves none to another part."""
    shuffled = chance.sample(tests, len(tests))
    assert dict(zip(tests, in_chunks(tests, total), strict=True)) == dict(
        zip(shuffled, in_chunks(shuffled, total), strict=True)
    )


@pytest.mark.parametrize(
    ("sizes", "total", "expected"),
    [
        ([11, 9], 2, [11, 9]),
        ([9, 11], 2, [9, 11]),
        # A tenth is the limit.
        ([8, 12], 2, [10, 10]),
        ([12, 8], 2, [10, 10]),
        ([11, 9, 20], 4, [11, 9, 10, 10]),
        # Of two places, the nearer one; of two as near, the first one.
        ([18, 3, 19], 2, [21, 19]),
        ([19, 2, 19], 2, [19, 21]),
        # Two cuts moved apart would give the part between them more than a tenth.
        ([18, 24, 18], 3, [18, 22, 20]),
        ([5], 3, [2, 2, 1]),
        ([], 2, [0, 0]),
    ],
)
def test_cuts_prefer_places_between_modules(sizes: list[int], total: int, expected: list[int]) -> None:
    """A cut lies between two modules where that costs a tenth of a part's share at most."""
    tests = [(f"m{module}", f"m{module}::{number}") for module, size in enumerate(sizes) for number in range(size)]
    counts = Counter(in_chunks(tests, total))
    assert [counts[part] for part in range(total)] == expected


@given(_GROUPS, _TOTALS)
def test_groups_stay_whole(groups: list[str], total: int) -> None:
    """Every test has a part in the range, and a group's tests all have the same one."""
    parts = in_groups(groups, total)
    assert len(parts) == len(groups)
    assert set(parts) <= set(range(total))
    assert len(set(zip(groups, parts, strict=True))) == len(set(groups))


@given(_GROUPS, _TOTALS)
def test_groups_are_balanced(groups: list[str], total: int) -> None:
    """No part is larger than another one by more than its smallest group: that one went where least was."""
    sizes = Counter(groups)
    by_part: dict[int, list[int]] = {part: [] for part in range(total)}
    for group, part in set(zip(groups, in_groups(groups, total), strict=True)):
        by_part[part].append(sizes[group])
    for one, other in itertools.permutations(by_part.values(), 2):
        assert not one or sum(one) - min(one) <= sum(other)


def test_groups_tie_by_name_and_part() -> None:
    """Groups of the same size go by name to parts by number."""
    assert in_groups(["c", "b", "a", "d"], 3) == [2, 1, 0, 0]


@given(_GROUPS, _TOTALS, st.randoms(use_true_random=False))
def test_order_of_groups_does_not_matter(groups: list[str], total: int, chance: random.Random) -> None:
    """A plugin that shuffles the tests moves no group to another part."""
    shuffled = chance.sample(groups, len(groups))
    assert dict(zip(groups, in_groups(groups, total), strict=True)) == dict(
        zip(shuffled, in_groups(shuffled, total), strict=True)
    )


def test_hash_seed_does_not_matter(run_with_hash_seeds: Callable[[str], set[str]]) -> None:
    """Processes with other hash seeds divide the same tests, found in another order, alike."""
    program = """if True:
        from hermetic_pytest.selection.partition_by_count import in_chunks, in_groups
        tests = list({(f"m{number % 7}", f"id{number}") for number in range(100)})
        modules = [module for module, _ in tests]
        print(tests[0], file=__import__("sys").stderr)
        print(sorted(zip(tests, in_chunks(tests, 6), in_groups(modules, 3))))
    """
    assert len(run_with_hash_seeds(program)) == 1
