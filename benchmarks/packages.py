"""The packages of the nested Bazel's workspace: each a few texts by name."""

from collections.abc import Sequence

from benchmarks import wheels
from benchmarks.scenarios import TRIVIAL_TEST, Scenario
from benchmarks.skewed_suite import SHARDS, skewed_suite
from benchmarks.starlark import BINARY, HERMETIC, LIBRARY, PLAIN, call

_CONFTEST = "@hermetic_pytest//testing:conftest"
_PYTEST_AND_ANYIO = wheels.labels(("anyio", "pytest"))

_PLAIN_MAIN = f"""\
import sys

import pytest


{TRIVIAL_TEST}

if __name__ == "__main__":
    sys.exit(pytest.main([__file__]))
"""

# The interpreter's own site-packages are no part of the closure.
_CLOSURE = """\
import sys

own = (sys.prefix, sys.base_prefix)
print(*(entry for entry in sys.path if entry.endswith("site-packages") and not entry.startswith(own)), sep="\\n")
"""

_FUNCTION = """\
def work_{number}(number):
    total = {number}
    for step in range(number % 7):
        if step % 2:
            total += step
        else:
            total += 2 * step
    return total + 1
"""


def scenario_package(scenario: Scenario) -> dict[str, str]:
    """Writes a scenario's target, which has the scenario's name, or its targets, which have its modules' names.

    Args:
        scenario: the suite.

    Returns:
        Texts by name.
    """
    modules = list(scenario.modules)
    split = {module.removesuffix(".py"): [module] for module in modules}
    targets = [
        call(
            "py_test",
            name=name,
            timeout="long",
            srcs=files,
            options=list(scenario.options),
            deps=[_CONFTEST, *(wheels.labels(wheels.WHEELS) if scenario.has_wheels else ())],
        )
        for name, files in (split if scenario.is_split else {scenario.name: modules}).items()
    ]
    return {"BUILD.bazel": "".join([HERMETIC, *targets]), **scenario.modules}


def plain_package() -> dict[str, str]:
    """Writes `plain`, a test of rules_python alone that calls pytest.

    Returns:
        Texts by name.
    """
    return plain_targets(["plain"])


def plain_targets(names: Sequence[str]) -> dict[str, str]:
    """Writes tests of rules_python alone that call pytest.

    Args:
        names: the targets' names.

    Returns:
        Texts by name.
    """
    targets = [call("py_test", name=name, srcs=[f"{name}.py"], deps=_PYTEST_AND_ANYIO) for name in names]
    return {"BUILD.bazel": "".join([PLAIN, *targets]), **{f"{name}.py": _PLAIN_MAIN for name in names}}


def closure_package() -> dict[str, str]:
    """Writes `few` and `wheels`, programs that print where their wheels are, one a line.

    Returns:
        Texts by name.
    """
    closures = {"few": _PYTEST_AND_ANYIO, "wheels": wheels.labels(wheels.WHEELS)}
    targets = [
        call("py_binary", name=name, srcs=["closure.py"], main="closure.py", deps=deps)
        for name, deps in closures.items()
    ]
    return {"BUILD.bazel": "".join([BINARY, *targets]), "closure.py": _CLOSURE}


def many_hermetic_package(targets: int) -> dict[str, str]:
    """Writes many equal targets of hermetic_pytest.

    Args:
        targets: how many.

    Returns:
        Texts by name.
    """
    return _many(HERMETIC, targets)


def many_plain_package(targets: int) -> dict[str, str]:
    """Writes as many targets of rules_python alone.

    Args:
        targets: how many.

    Returns:
        Texts by name.
    """
    return _many(PLAIN, targets, main="trivial_test.py")


def skewed_package(package: str) -> dict[str, str]:
    """Writes the targets `with_durations` and `without_durations` over the skewed suite.

    Args:
        package: the package's name.

    Returns:
        Texts by name.
    """
    suite = skewed_suite(package)
    modules = [name for name in suite if name.endswith(".py")]
    common: dict[str, object] = {"srcs": modules, "shard_count": SHARDS, "deps": [_CONFTEST]}
    targets = [
        call("py_test", name="without_durations", **common),
        call("py_test", name="with_durations", durations="durations.json", **common),
    ]
    return {"BUILD.bazel": "".join([HERMETIC, *targets]), **suite}


def measured_package(modules: int = 20, tests: int = 500, functions: int = 1000) -> dict[str, str]:
    """Writes `measured`, tests of a library that `bazel coverage` measures.

    Args:
        modules: the number of test modules.
        tests: the number of tests in each of them.
        functions: the number of the library's functions, of which each test calls one.

    Returns:
        Texts by name.
    """
    texts = {
        f"part_{module:02}_test.py": "import subject\n\n"
        + "".join(
            f"\ndef test_{test}():\n    assert subject.work_{(module * tests + test) % functions}({test}) > 0\n"
            for test in range(tests)
        )
        for module in range(modules)
    }
    targets = [
        call("py_library", name="subject", srcs=["subject.py"], imports=["."]),
        call("py_test", name="measured", timeout="long", srcs=list(texts), deps=[":subject", _CONFTEST]),
    ]
    subject = "\n\n".join(_FUNCTION.format(number=number) for number in range(functions))
    return {"BUILD.bazel": "".join([LIBRARY, HERMETIC, *targets]), "subject.py": subject, **texts}


def _many(load: str, targets: int, **attributes: object) -> dict[str, str]:
    calls = [
        call("py_test", name=f"test_{number}", srcs=["trivial_test.py"], deps=_PYTEST_AND_ANYIO, **attributes)
        for number in range(targets)
    ]
    return {"BUILD.bazel": "".join([load, *calls]), "trivial_test.py": TRIVIAL_TEST}
