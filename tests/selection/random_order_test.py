"""Tests run in a random order where the target asks for one, the same one for the same seed."""

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment, Shard
from hermetic_pytest.selection.random_order import DEFAULT_SEED, RandomOrder, RunHeader, random_order_plugins
from hermetic_pytest.selection.sharding import Sharding

_MODULE = """\
import pytest

class TestOne:
    def test_a(self): pass
    def test_b(self): pass
    def test_c(self): pass

def test_d(): pass
def test_e(): pass
@pytest.mark.parametrize("value", [1, 2])
def test_f(value): pass
"""
_MODULES = ("m1_test", "m2_test", "m3_test", "m4_test")


class EverySecond:
    """Deselects every second test."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keeps the others."""
        items[:] = items[::2]


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """Four modules with a class and functions."""
    pytester.makepyfile(**dict.fromkeys(_MODULES, _MODULE))
    return pytester


def _order(pytester: pytest.Pytester, *plugins: object) -> list[str]:
    """Runs the suite and lists the ids of its tests in their order."""
    run = pytester.inline_run("-p", "no:cacheprovider", "-p", "no:terminal", plugins=plugins)
    assert run.ret == pytest.ExitCode.OK
    return [call.nodeid for call in run.getcalls("pytest_runtest_logstart")]


def _groups(order: list[str], parts: int) -> list[str]:
    """Lists what the ids start with, once for each time that it changes."""
    groups = ["::".join(nodeid.split("::")[:parts]) for nodeid in order]
    return [group for group, before in zip(groups, ["", *groups], strict=False) if group != before]


def test_seed_decides(suite: pytest.Pytester) -> None:
    """The same seed gives the same order, another one another, and none of them loses a test."""
    original = _order(suite)
    first, again, other = (_order(suite, RandomOrder(seed)) for seed in (1, 1, 2))
    assert first == again
    assert len({tuple(order) for order in (original, first, other)}) == 3
    assert sorted(first) == sorted(other) == sorted(original)


def test_order_is_the_same_everywhere(suite: pytest.Pytester) -> None:
    """The order that a seed gives is part of the product: a failure must be there again on another machine."""
    assert [nodeid.removeprefix("m2_test.py::") for nodeid in _order(suite, RandomOrder(7))[:7]] == [
        "test_e",
        "test_f[1]",
        "test_d",
        "TestOne::test_a",
        "TestOne::test_c",
        "TestOne::test_b",
        "test_f[2]",
    ]


def test_units_stay_together(suite: pytest.Pytester) -> None:
    """All tests of a module follow each other, and all of a class, whatever the seed."""
    orders = [_order(suite, RandomOrder(seed)) for seed in range(5)]
    for order in orders:
        assert len(_groups(order, 1)) == len(_MODULES)
        assert sum(group.endswith("::TestOne") for group in _groups(order, 2)) == len(_MODULES)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("marker", ["__init__.py", "no_package.txt"])
def test_folders_stay_together(pytester: pytest.Pytester, seed: int, marker: str) -> None:
    """All tests of a folder follow each other, in a package and in a plain folder."""
    for folder in ("one", "two"):
        (pytester.path / folder).mkdir()
        (pytester.path / folder / marker).touch()
        for number in range(4):
            (pytester.path / folder / f"{folder}_{number}_test.py").write_text("def test(): pass", encoding="utf-8")
    order = _order(pytester, RandomOrder(seed))
    assert len(order) == 8
    assert len({nodeid.split("/")[0] for nodeid in order[:4]}) == 1


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_every_level_is_shuffled(suite: pytest.Pytester, parts: int) -> None:
    """Modules change places, functions and classes within a module, and methods within a class."""
    pattern = {1: "", 2: "m1_test.py::", 3: "m1_test.py::TestOne::"}[parts]
    orders = [_order(suite, RandomOrder(seed)) for seed in range(5)]
    seen = {tuple(group for group in _groups(order, parts) if group.startswith(pattern)) for order in orders}
    assert len(seen) > 1


@pytest.mark.parametrize("shard_by", ["test", "class", "module"])
def test_same_shards(suite: pytest.Pytester, shard_by: str) -> None:
    """Which tests a shard gets does not depend on the seed."""
    for index in range(3):
        shards = [
            sorted(_order(suite, Sharding(Shard(index=index, total=3, status_file=None), shard_by), *order))
            for order in ([], [RandomOrder(1)], [RandomOrder(2)])
        ]
        assert shards[0] == shards[1] == shards[2] != []


def test_after_the_selection(suite: pytest.Pytester) -> None:
    """What plugins select does not depend on the seed, and the tests keep the order that they have in the whole."""
    selected = _order(suite, EverySecond())
    for plugins in ([EverySecond(), RandomOrder(3)], [RandomOrder(3), EverySecond()]):
        order = _order(suite, *plugins)
        assert sorted(order) == sorted(selected)
        assert order == [nodeid for nodeid in _order(suite, RandomOrder(3)) if nodeid in selected]


def test_parameters_stay_together(pytester: pytest.Pytester) -> None:
    """A module's fixture with two parameters is built twice, not for every test."""
    pytester.makepyfile(
        """
        import pytest

        built = []

        @pytest.fixture(scope="module", params=["x", "y"])
        def wide(request):
            built.append(request.param)

        @pytest.mark.parametrize("number", range(8))
        def test_it(wide, number):
            assert len(built) <= 2
        """
    )
    assert len(_order(pytester, RandomOrder(1))) == 16


@pytest.mark.parametrize(
    ("bazel", "shuffle", "header"),
    [
        (BazelEnvironment(run_number=2), False, ["run: 2 (TEST_RUN_NUMBER)"]),
        (BazelEnvironment(random_seed=5), False, ["random seed: 5 (TEST_RANDOM_SEED)"]),
        (
            BazelEnvironment(run_number=3, random_seed=3),
            True,
            [
                "run: 3 (TEST_RUN_NUMBER)",
                "random seed: 3 (TEST_RANDOM_SEED)",
                "random order: seed 3, again with --test_env=TEST_RANDOM_SEED=3",
            ],
        ),
        (BazelEnvironment(), True, ["random order: seed 0, again with --test_env=TEST_RANDOM_SEED=0"]),
    ],
)
def test_header(bazel: BazelEnvironment, shuffle: bool, header: list[str]) -> None:
    """The header says all that it takes to get the same run again."""
    (run_header, *_) = random_order_plugins(bazel, shuffle=shuffle)
    assert isinstance(run_header, RunHeader)
    assert run_header.pytest_report_header() == header


@pytest.mark.parametrize("shuffle", [True, False])
def test_shuffled_on_demand(shuffle: bool) -> None:
    """A seed alone shuffles nothing."""
    kinds = [type(plugin) for plugin in random_order_plugins(BazelEnvironment(random_seed=1), shuffle=shuffle)]
    assert (RandomOrder in kinds) is shuffle


def test_default_seed_is_none_of_bazels() -> None:
    """Bazel numbers runs from 1."""
    assert DEFAULT_SEED == 0
