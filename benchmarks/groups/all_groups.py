"""The groups by the names that `--only` takes, in the report's order."""

from collections.abc import Callable, Mapping

from benchmarks.bench import Bench
from benchmarks.groups import whole_runs
from benchmarks.groups.analysis import analysis
from benchmarks.groups.coverage import coverage
from benchmarks.groups.inputs import inputs
from benchmarks.groups.makespan import makespan
from benchmarks.groups.many_targets import async_targets, trivial_targets, wheels_targets
from benchmarks.groups.many_tests import many_tests
from benchmarks.groups.memory import memory
from benchmarks.groups.record import record_start, record_tests
from benchmarks.row import Row

GROUPS: Mapping[str, Callable[[Bench], list[Row]]] = {
    "sixty_trivial": trivial_targets,
    "sixty_async": async_targets,
    "ten_wheels": wheels_targets,
    "start": whole_runs.start,
    "async": whole_runs.async_test,
    "pytester": whole_runs.pytester,
    "subprocess": whole_runs.subprocess,
    "wheels": whole_runs.wheels,
    "asserts": whole_runs.asserts,
    "many_tests": many_tests,
    "record_start": record_start,
    "record_tests": record_tests,
    "coverage": coverage,
    "analysis": analysis,
    "makespan": makespan,
    "memory": memory,
    "inputs": inputs,
}
