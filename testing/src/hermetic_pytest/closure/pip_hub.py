"""Names the pip hub that a target's wheels come from."""

import os
import re
from collections.abc import Sequence

# What stands for the name where no wheel tells it.
_ANY = "@<your pip hub>"

# The project's own, of which a target has wheels that it never named.
_OF_THIS_PROJECT = "hermetic_pytest_pypi"

# What the extension's name ends in, where Bazel puts it before a repository's own.
_CANONICAL = re.compile(r".*[+~]")
_PYTHON = re.compile(r"_\d{2,3}$")
_METADATA = re.compile(r"(.+?)-\d[^-]*\.dist-info$")
_SEPARATORS = re.compile(r"[-_.]+")


def find_hub(path: Sequence[str], runfiles: str) -> str:
    """Finds the hub in the names of its repositories, `<hub>_<X><Y>_<distribution>…`.

    Args:
        path: a module search path.
        runfiles: the runfiles root.

    Returns:
        What the hub's labels start with, as `@pypi`.
    """
    hubs = (_hub(entry, runfiles) for entry in path if entry.startswith(f"{runfiles}{os.sep}"))
    return next((f"@{hub}" for hub in hubs if hub not in (None, _OF_THIS_PROJECT)), _ANY)


def _hub(entry: str, runfiles: str) -> str | None:
    repository = _CANONICAL.sub("", os.path.relpath(entry, runfiles).partition(os.sep)[0])
    names = os.listdir(entry) if os.path.isdir(entry) else []
    for distribution in filter(None, map(_METADATA.match, names)):
        hub, found, _ = repository.rpartition("_" + _SEPARATORS.sub("_", distribution[1]).lower())
        if found:
            return _PYTHON.sub("", hub)
    return None
