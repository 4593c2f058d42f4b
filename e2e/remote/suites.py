"""Suites of this repository and of others, as packages of a consumer's workspace."""

import os
import pathlib
import shutil

_PLUGGY = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "pluggy_test",
    srcs = glob(["testing/*.py"]),
    config = "tox.ini",
    options = ["--import-mode=prepend"],
    deps = ["@dev_pypi//pluggy"],
)
"""

# Four of its files, chosen for what they start: inner runs in the process and in subprocesses, and what they compare.
_PYTEST = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "pytest_test",
    srcs = [
        "testing/conftest.py",
        "testing/python/fixtures.py",
        "testing/test_capture.py",
        "testing/test_pytester.py",
        "testing/test_skipping.py",
    ],
    config = "pyproject.toml",
    data = glob(["testing/example_scripts/**"]),
    options = ["--import-mode=prepend"],
    shard_count = 2,
    deps = [
        "@dev_pypi//attrs",
        "@dev_pypi//hypothesis",
        "@dev_pypi//pexpect",
        "@dev_pypi//pytest",
        "@dev_pypi//pytest_xdist",
    ],
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


def own(module: pathlib.Path) -> dict[str, str]:
    """Reads suites of this project: the examples, and the tests of what tests start.

    Args:
        module: the root of this project's module, which the target's runfiles hold.

    Returns:
        Texts by path, with the labels of a consumer.
    """
    files = [file for folder in ("examples", "tests") for file in (module / folder).rglob("*") if file.is_file()]
    # Bytecode lies beside what deps hold.
    sources = [file for file in files if file.suffix != ".pyc"]
    texts = {str(file.relative_to(module)): file.read_text(encoding="utf-8") for file in sources}
    labelled = {path: text.replace('"//testing:', '"@hermetic_pytest//testing:') for path, text in texts.items()}
    return {"tests/BUILD.bazel": "", **labelled}


def copy_third_party(workspace: pathlib.Path) -> None:
    """Copies the suites that the variables PLUGGY and PYTEST name by their configuration, a package each.

    Args:
        workspace: the folder of a workspace with the lines of DEV_HUB in its MODULE.bazel.
    """
    for name, build in {"pluggy": _PLUGGY, "pytest": _PYTEST}.items():
        config = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ[name.upper()])
        shutil.copytree(config.parent, workspace / name)
        (workspace / name / "BUILD.bazel").write_text(build, encoding="utf-8")


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
