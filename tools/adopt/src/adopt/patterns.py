"""Bazel's patterns of targets, for files that no target has (https://bazel.build/run/build#specifying-build-targets)."""

from collections.abc import Sequence


def covers(patterns: Sequence[str], package: str) -> bool:
    """Tells whether patterns ask for all of a package.

    Args:
        patterns: what the user gave; one that starts with `-` takes targets away.
        package: the package's path.

    Returns:
        Whether one of them names all its targets, and none takes them away.
    """
    wanted = [pattern for pattern in patterns if not pattern.startswith("-")] or ["//..."]
    unwanted = [pattern[1:] for pattern in patterns if pattern.startswith("-")]
    return any(_covers(pattern, package) for pattern in wanted) and not any(
        _covers(pattern, package) for pattern in unwanted
    )


def _covers(pattern: str, package: str) -> bool:
    whole, colon, name = pattern.removeprefix("//").partition(":")
    folder, slash, last = whole.rpartition("/")
    if (last if slash else whole) == "...":
        return folder == "" or f"{package}/".startswith(f"{folder}/")
    return colon != "" and name in ("all", "*", "all-targets") and whole == package
