"""A repository that has only `bazel_dep` and `local_path_override` runs its tests by this one's bazelw."""

import pathlib

from e2e.support.nested_bazel import NestedBazel

_MODULE = """\
bazel_dep(name = "hermetic_pytest", version = "0.1.0")

local_path_override(
    module_name = "hermetic_pytest",
    path = "{path}",
)
"""

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "fetch_test",
    srcs = ["fetch_test.py"],
    deps = ["@hermetic_pytest//testing:conftest"],
)
"""

_TEST = """\
import asyncio

async def test_fetches_all_at_once():
    assert await asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b")) == ["a", "b"]
"""


def test_smallest_consumer(nested_bazel: NestedBazel, module_root: pathlib.Path) -> None:
    """Bazelw runs from the other workspace's folder, with the same set-up and no flag of its own."""
    nested_bazel.write(
        {"MODULE.bazel": _MODULE.format(path=module_root), "BUILD.bazel": _BUILD, "fetch_test.py": _TEST}
    )
    _, *arguments = nested_bazel.command_line("test", "//...")
    finished = nested_bazel.execute([module_root / "bazelw", *arguments])
    assert finished.exit_code == 0, finished.output
    assert "//:fetch_test" in finished.output
    assert "1 test passes" in finished.output
