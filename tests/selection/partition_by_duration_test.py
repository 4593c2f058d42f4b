"""Parts take equally long, modules stay together where that costs nothing, and only ids and durations decide."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from hermetic_pytest.selection.partition_by_duration import costs_of, longest_first
from hypothesis import given
from hypothesis import strategies as st

# The module of each test, the group in it, and what it costs.
_Suite = list[tuple[tuple[str, str], int]]
_SUITES = st.lists(
    st.tuples(st.tuples(st.sampled_from("abcde"), st.sampled_from("01234567")), st.integers(1, 1000)), max_size=60
)
_TOTALS = st.integers(1, 20)


def _parts(suite: _Suite, total: int) -> list[int]:
    return longest_first([test for test, _ in suite], [cost for _, cost in suite], total)


def _loads(suite: _Suite, parts: list[int]) -> Counter[int]:
    loads: Counter[int] = Counter()
    for (_, cost), part in zip(suite, parts, strict=True):
        loads[part] += cost
    return loads


def _bound(suite: _Suite, total: int) -> float:
    """Returns what no division can be better than."""
    groups: Counter[tuple[str, str]] = Counter()
    for test, cost in suite:
        groups[test] += cost
    return max(groups.total() / total, *groups.values())


@given(_SUITES, _TOTALS)
def test_every_test_has_a_part(suite: _Suite, total: int) -> None:
    """Every test gets one of the parts."""
    parts = _parts(suite, total)
    assert len(parts) == len(suite)
    assert set(parts) <= set(range(total))


@given(_SUITES, _TOTALS)
def test_groups_stay_whole(suite: _Suite, total: int) -> None:
    """A group's tests all have the same part."""
    placed = {(test, part) for (test, _), part in zip(suite, _parts(suite, total), strict=True)}
    assert len(placed) == len({test for test, _ in suite})


@given(_SUITES, _TOTALS, st.randoms(use_true_random=False))
def test_order_of_tests_does_not_matter(suite: _Suite, total: int, chance: random.Random) -> None:
    """A plugin that shuffles the tests moves none to another part."""
    shuffled = chance.sample(suite, len(suite))
    placed = {test: part for (test, _), part in zip(suite, _parts(suite, total), strict=True)}
    assert placed == {test: part for (test, _), part in zip(shuffled, _parts(shuffled, total), strict=True)}


@given(_SUITES, _TOTALS)
def test_no_part_is_longer_than_by_single_groups(suite: _Suite, total: int) -> None:
    """Whole modules cost no more than what a file's two digits leave open."""
    alone = [((f"{module}{group}", group), cost) for (module, group), cost in suite]
    longest, single = (max(_loads(each, _parts(each, total)).values(), default=0) for each in (suite, alone))
    assert longest <= max(single, 1.05 * _bound(suite, total) + 1 if suite else 0)


@pytest.mark.parametrize("seed", range(100))
def test_skewed_suites(seed: int) -> None:
    """With 20 tests a part, and few long ones among them, the longest part takes at most 1.1 times the optimum."""
    chance = random.Random(seed)
    total = chance.randint(2, 12)
    suite = [
        ((f"m{int(chance.triangular(0, 30, 0))}", str(number)), max(1, int(1000 * chance.lognormvariate(0, 1.5))))
        for number in range(20 * total)
    ]
    assert max(_loads(suite, _parts(suite, total)).values()) <= 1.1 * _bound(suite, total)


@pytest.mark.parametrize(
    ("modules", "total", "expected"),
    [
        # The longest test has a part of its own.
        ({"a": [90, 10, 10], "b": [10, 10]}, 2, [[90], [10, 10, 10, 10]]),
        # Whole modules, where they are as good as single tests.
        ({"a": [30, 30], "b": [30], "c": [30]}, 2, [[30, 30], [30, 30]]),
        ({"a": [10] * 4, "b": [10] * 4, "c": [10] * 4}, 3, [[10] * 4] * 3),
        # A twentieth is nothing.
        ({"a": [10] * 21, "b": [10] * 19}, 2, [[10] * 21, [10] * 19]),
        ({"a": [10] * 22, "b": [10] * 18}, 2, [[10] * 21, [10] * 19]),
        ({"a": [50] * 3, "b": [10]}, 2, [[50, 50], [50, 10]]),
        # More parts than tests.
        ({"a": [10, 20]}, 3, [[20], [10], []]),
        ({}, 2, [[], []]),
    ],
)
def test_examples(modules: dict[str, list[int]], total: int, expected: list[list[int]]) -> None:
    """Long tests go first, and modules are cut only where whole ones would make the longest part longer."""
    suite = [((module, f"{number:02}"), cost) for module, costs in modules.items() for number, cost in enumerate(costs)]
    parts = _parts(suite, total)
    divided = [
        sorted((cost for (_, cost), part in zip(suite, parts, strict=True) if part == number), reverse=True)
        for number in range(total)
    ]
    assert divided == expected


def test_only_long_modules_are_cut() -> None:
    """A module that is longer than a part's share is cut in few pieces; short modules stay whole."""
    suite = [(("long", f"{number:03}"), 10) for number in range(100)]
    suite += [((f"short{number % 10}", f"{number:03}"), 10) for number in range(100)]
    placed = {(test[0], part) for (test, _), part in zip(suite, _parts(suite, 4), strict=True)}
    assert Counter(module for module, _ in placed) == {"long": 2} | {f"short{number}": 1 for number in range(10)}


@pytest.mark.parametrize(
    ("durations", "costs"),
    [
        ({"a": 1.0, "b": 3.0, "c": 5.0, "other": 100.0}, [1_000_000, 3_000_000, 5_000_000, 3_000_000]),
        ({"a": 1.0, "b": 3.0}, [1_000_000, 3_000_000, 3_000_000, 3_000_000]),
        ({"a": 0.0}, [1, 1, 1, 1]),
        ({"other": 100.0}, [1_000_000] * 4),
        ({}, [1_000_000] * 4),
    ],
)
def test_costs(durations: dict[str, float], costs: list[int]) -> None:
    """Unknown tests cost the median of the target's known ones, a second if none is known, and nothing is free."""
    assert costs_of(["a", "b", "c", "d"], durations) == costs


def test_hash_seed_does_not_matter(run_with_hash_seeds: Callable[[str], set[str]]) -> None:
    """Processes with other hash seeds divide the same tests, found in another order, alike."""
    program = """if True:
        from hermetic_pytest.selection.partition_by_duration import longest_first
        tests = list({(f"m{number % 7}", f"id{number}") for number in range(100)})
        costs = [int(group[2:]) % 13 + 1 for _, group in tests]
        print(tests[0], file=__import__("sys").stderr)
        print(sorted(zip(tests, longest_first(tests, costs, 6))))
    """
    assert len(run_with_hash_seeds(program)) == 1
