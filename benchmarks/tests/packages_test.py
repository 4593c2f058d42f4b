"""The nested workspace has what the groups measure."""

from benchmarks.packages import many_hermetic_package, many_plain_package, scenario_package, skewed_package
from benchmarks.scenarios import ASSERTS, MANY_TESTS, SIXTY_TRIVIAL, TRIVIAL, WHEELS


def test_scenario() -> None:
    """A scenario's target has its modules and deps."""
    assert scenario_package(TRIVIAL) == {
        "BUILD.bazel": 'load("@hermetic_pytest//testing:defs.bzl", "py_test")\n'
        'py_test(name = "trivial", timeout = "long", srcs = ["trivial_test.py"], options = [], '
        'deps = ["@hermetic_pytest//testing:conftest"])\n',
        "trivial_test.py": "def test_one():\n    assert True\n",
    }


def test_split() -> None:
    """A scenario that is split has a target a module."""
    package = scenario_package(SIXTY_TRIVIAL)
    _, *targets = package["BUILD.bazel"].splitlines()
    assert len(targets) == len(SIXTY_TRIVIAL.modules) == 60
    assert 'name = "part_59_test", timeout = "long", srcs = ["part_59_test.py"]' in targets[59]


def test_wheels() -> None:
    """The target with wheels has sixty of them besides."""
    assert scenario_package(WHEELS)["BUILD.bazel"].count("@dev_pypi//") == 60


def test_sizes() -> None:
    """The modules have as many tests and asserts as the report says."""
    (asserts,) = ASSERTS.modules.values()
    assert (asserts.count("def test_"), asserts.count("    assert ")) == (500, 5000)
    assert sum(text.count("def test_") for text in MANY_TESTS.modules.values()) == 10_000


def test_many() -> None:
    """Both packages have the same number of targets, with the same sources and deps."""
    hermetic, plain = many_hermetic_package(3), many_plain_package(3)
    loaded, *targets = hermetic.pop("BUILD.bazel").splitlines()
    assert "@hermetic_pytest//" in loaded
    loaded, *plain_targets = plain.pop("BUILD.bazel").splitlines()
    assert "@rules_python//" in loaded
    assert [target.replace(', main = "trivial_test.py"', "") for target in plain_targets] == targets
    assert (len(targets), hermetic) == (3, plain)


def test_skewed() -> None:
    """Two targets differ in nothing but their durations file, which is no source."""
    _, without, with_durations = skewed_package("skewed")["BUILD.bazel"].splitlines()
    assert with_durations.replace(', durations = "durations.json"', "").replace("with_", "without_") == without
    assert without.count("part_") == 4
