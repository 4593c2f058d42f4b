"""Suites of this repository and of others, as packages of a consumer's workspace."""

import os
import pathlib

_PLUGGY = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "pluggy_test",
    srcs = glob(["testing/*.py"]),
    config = "tox.ini",
    options = ["--import-mode=prepend"],
    deps = ["@hermetic_pytest_pypi//pluggy"],
)
"""

_TRIVIAL = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name.removesuffix(".py"),
        srcs = [name],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in glob(["*_test.py"])
]
"""

# Lets a consumer's packages name this project's distributions.
HUB = """
pip = use_extension("@rules_python//python/extensions:pip.bzl", "pip")
use_repo(pip, "hermetic_pytest_pypi")
"""


def examples(module: pathlib.Path) -> dict[str, str]:
    """Reads the examples.

    Args:
        module: the root of this project's module, which the target's runfiles hold.

    Returns:
        Texts by path, with the labels of a consumer.
    """
    folder = module / "examples"
    return {
        str(file.relative_to(module)): file.read_text(encoding="utf-8").replace(
            '"//testing:', '"@hermetic_pytest//testing:'
        )
        for pattern in ("**/*.py", "**/BUILD.bazel")
        for file in folder.glob(pattern)
    }


def pluggy() -> dict[str, str]:
    """Reads pluggy's own suite, which the variable PLUGGY names.

    Returns:
        Texts by path.
    """
    files = [pathlib.Path(os.environ["TEST_SRCDIR"], path) for path in os.environ["PLUGGY"].split()]
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    return {
        "BUILD.bazel": _PLUGGY,
        **{name if name == "tox.ini" else f"testing/{name}": text for name, text in texts.items()},
    }


def trivial_targets(number: int) -> dict[str, str]:
    """Writes targets that are all alike and do nothing: what they cost is what a target costs.

    Args:
        number: how many.

    Returns:
        Texts by path.
    """
    # The name in it makes each a test of its own for the cache.
    tests = {f"trivial/t{i}_test.py": f"def test_trivial_{i}():\n    assert {i} == {i}\n" for i in range(number)}
    return {"trivial/BUILD.bazel": _TRIVIAL, **tests}
