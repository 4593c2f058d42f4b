"""The files of the nested Bazel's workspace."""

import json
import pathlib
import sys
from collections.abc import Sequence

from benchmarks import packages, scenarios
from benchmarks.groups.many_targets import PLAIN

# How many targets each of the packages `many_hermetic` and `many_plain` has.
TARGETS = 1000

_MODULE = """\
module(name = "benchmarks")

bazel_dep(name = "hermetic_pytest", version = "0.0.0")
bazel_dep(name = "rules_python", version = "1.0.0")

local_path_override(
    module_name = "hermetic_pytest",
    path = {path},
)

python = use_extension("@rules_python//python/extensions:python.bzl", "python")
python.toolchain(
    is_default = True,
    python_version = "{version}",
)

pip = use_extension("@rules_python//python/extensions:pip.bzl", "pip")
pip.parse(
    hub_name = "dev_pypi",
    python_version = "{version}",
    requirements_lock = "@hermetic_pytest//tools/lock:requirements_lock.txt",
)
use_repo(pip, "dev_pypi")

hermetic_pytest = use_extension("@hermetic_pytest//testing:extensions.bzl", "hermetic_pytest")
hermetic_pytest.packages(
    anyio = "@dev_pypi//anyio",
    coverage = "@dev_pypi//coverage",
    pytest = "@dev_pypi//pytest",
)
"""


def workspace_files(module: pathlib.Path, flags: Sequence[str]) -> dict[str, str]:
    """Writes the workspace, for the Python that runs the benchmarks.

    Args:
        module: the source tree of hermetic_pytest.
        flags: flags of Bazel, for all that is built and tested.

    Returns:
        Texts by path.
    """
    contents = {scenario.name: packages.scenario_package(scenario) for scenario in scenarios.ALL} | {
        "plain": packages.plain_package(),
        PLAIN: packages.plain_targets(
            [f"part_{number:02}_test" for number in range(len(scenarios.SIXTY_TRIVIAL.modules))]
        ),
        "closure": packages.closure_package(),
        "many_hermetic": packages.many_hermetic_package(TARGETS),
        "many_plain": packages.many_plain_package(TARGETS),
        "measured": packages.measured_package(),
        "skewed": packages.skewed_package("skewed"),
    }
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        "MODULE.bazel": _MODULE.format(path=json.dumps(str(module)), version=version),
        ".bazelrc": "".join(f"build {flag}\n" for flag in flags),
        "BUILD.bazel": "",
        **{f"{name}/{file}": text for name, files in contents.items() for file, text in files.items()},
    }
