"""Reads a requirements lock file."""

def normalize(name):
    """Returns a distribution's name as its Bazel package is called.

    Args:
        name: a distribution's name in any of its spellings.

    Returns:
        The name in lower case, with `_` for each run of `-`, `_` and `.`, as rules_python does.
    """
    return "_".join([part for part in name.lower().replace(".", "_").replace("-", "_").split("_") if part])

def parse_lock(text):
    """Parses a lock file.

    Args:
        text: the lock file's text, as `pip-compile` and `uv pip compile` write it.

    Returns:
        A dict from a normalized name to the requirement lines for it (hashes included). More than
        one line stands for one name where markers choose between versions; pip evaluates those.
    """
    packages = {}
    for line in text.replace("\\\n", " ").splitlines():
        requirement = line.split(" #")[0].strip()
        if requirement and not requirement.startswith("#") and not requirement.startswith("-"):
            name = requirement.split("==")[0].split("[")[0].strip()
            packages.setdefault(normalize(name), []).append(requirement)
    return packages
