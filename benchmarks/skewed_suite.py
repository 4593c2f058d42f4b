"""A suite whose tests sleep for very different times."""

import json
import random

# Any seed does; one makes all runs measure the same suite.
_SEED = 5

_MODULES = 4
_TESTS = 10
_SHORTEST, _LONGEST = 0.01, 1.0

# How many shards it has.
SHARDS = 4


def skewed_suite(package: str) -> dict[str, str]:
    """Writes the suite of 40 tests, and how long they take.

    Args:
        package: the Bazel package of the suite.

    Returns:
        Texts by name: test modules, and `durations.json` as `py_test` reads it.
    """
    generator = random.Random(_SEED)
    files: dict[str, str] = {}
    durations: dict[str, float] = {}
    for module in (f"part_{number}_test.py" for number in range(_MODULES)):
        # As many tests of 10 to 100 ms as of 100 ms to 1 s.
        sleeps = [round(_SHORTEST * (_LONGEST / _SHORTEST) ** generator.random(), 3) for _ in range(_TESTS)]
        tests = [f"def test_{number}():\n    time.sleep({sleep})\n" for number, sleep in enumerate(sleeps)]
        files[module] = "\n\n".join(["import time\n", *tests])
        durations |= {f"{package}/{module}::test_{number}": sleep for number, sleep in enumerate(sleeps)}
    return {**files, "durations.json": json.dumps(durations, indent=2)}
