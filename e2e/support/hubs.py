"""Lines of a consumer's MODULE.bazel for a pip hub of its own, whose lock lies beside it."""

import pathlib

_DEV_LOCK = pathlib.Path(__file__).parents[2] / "tools/lock/requirements_lock.txt"

_HUB = """
pip = use_extension("@rules_python//python/extensions:pip.bzl", "pip")
pip.parse(
    hub_name = "{hub}",
    python_version = "3.14",
    requirements_lock = "//:requirements_lock.txt",
)
use_repo(pip, "{hub}")
"""

_PACKAGES = """
hermetic_pytest = use_extension("@hermetic_pytest//testing:extensions.bzl", "hermetic_pytest")
hermetic_pytest.packages(
    anyio = "@{hub}//anyio",
    coverage = "@{hub}//coverage",
    pytest = "@{hub}//pytest",
)
"""


def hub_lines(hub: str = "pypi") -> str:
    """Writes the lines that declare a pip hub.

    Args:
        hub: its name.

    Returns:
        The lines; the workspace needs a requirements_lock.txt.
    """
    return _HUB.format(hub=hub)


# This project's hub for its own tests, which runs their pytest, too.
DEV_HUB = hub_lines("dev_pypi") + _PACKAGES.format(hub="dev_pypi")


def dev_lock() -> dict[str, str]:
    """Reads the lock of this project's own tests.

    Returns:
        The text by its path in the workspace.
    """
    return {"requirements_lock.txt": _DEV_LOCK.read_text(encoding="utf-8")}
