"""What the groups measure with."""

import pathlib
from dataclasses import dataclass

from benchmarks import scenarios, wheels
from benchmarks.bare_pytest import BarePytest
from benchmarks.errors import BenchmarkError
from benchmarks.nested_bazel import NestedBazel
from benchmarks.processes import run
from benchmarks.scenarios import Scenario
from e2e.support.user_shell import shell_environ

# A program, its working folder and its variables.
Executable = tuple[pathlib.Path, pathlib.Path, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A workspace under Bazel, and the same suites outside it.

    Attributes:
        bazel: the workspace.
        few: an environment with the closure of //testing:conftest.
        wheels: one with the sixty wheels.
        scratch: a folder for files of single runs.
        rounds: how many samples to take of each contestant.
    """

    bazel: NestedBazel
    few: BarePytest
    wheels: BarePytest
    scratch: pathlib.Path
    rounds: int

    def under_bazel(self, target: str, *, coverage: bool = False) -> float:
        """Runs a target that is not sharded.

        Args:
            target: the name of a package, and of its target.
            coverage: whether by `bazel coverage`.

        Returns:
            The wall time of its test action, in milliseconds.

        Raises:
            BenchmarkError: the test failed.
        """
        (action,) = self.bazel.test(f"//{target}:{target}", coverage=coverage)
        return action.milliseconds

    def executable(self, scenario: Scenario, *, reports: bool = True) -> Executable:
        """Builds a scenario's target, to be run as a test action runs it, but outside Bazel.

        Args:
            scenario: the suite.
            reports: whether it has the variables that make it a test action, which leaves a report.

        Returns:
            Its executable, its working folder and its variables.

        Raises:
            BenchmarkError: the build failed.
        """
        executable = self.bazel.build(f"//{scenario.name}:{scenario.name}")
        runfiles = f"{executable}.runfiles"
        places = {
            "RUNFILES_DIR": runfiles,
            "TEST_SRCDIR": runfiles,
            "TEST_TMPDIR": str(self.scratch),
            "TEST_WORKSPACE": "_main",
        }
        action = {"BAZEL_TEST": "1", "XML_OUTPUT_FILE": str(self.scratch / "test.xml")} if reports else {}
        return executable, pathlib.Path(runfiles, "_main"), {**shell_environ(), **places, **action}

    def bare(self, scenario: Scenario) -> BarePytest:
        """Returns the environment that a scenario runs in outside Bazel."""
        return self.wheels if scenario.has_wheels else self.few


def make_bench(bazel: NestedBazel, folder: pathlib.Path, rounds: int) -> Bench:
    """Installs what targets have in their runfiles, and writes the suites.

    Args:
        bazel: the workspace.
        folder: where the environments and the scratch folder go.
        rounds: how many samples to take of each contestant.

    Returns:
        What the groups measure with.

    Raises:
        BenchmarkError: the build failed, or the sixty wheels are not sixty.
    """
    all_wheels = _closure(bazel, "wheels")
    if len(all_wheels) != len(wheels.WHEELS):
        raise BenchmarkError(
            f"the target with sixty wheels has {len(all_wheels)} distributions, expected {len(wheels.WHEELS)}; "
            "list in benchmarks/wheels.py what they need of each other"
        )
    scratch = folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    few = BarePytest(folder / "few", _closure(bazel, "few"))
    sixty = BarePytest(folder / "wheels", all_wheels)
    bench = Bench(bazel=bazel, few=few, wheels=sixty, scratch=scratch, rounds=rounds)
    for scenario in scenarios.ALL:
        bench.bare(scenario).write(scenario)
    return bench


def _closure(bazel: NestedBazel, name: str) -> list[pathlib.Path]:
    executable = bazel.build(f"//closure:{name}")
    return [pathlib.Path(line) for line in run([executable], bazel.workspace, shell_environ()).splitlines()]
