"""Bazel's target patterns, as far as they name tests (https://bazel.build/run/build#specifying-build-targets)."""

from collections.abc import Sequence

from hermetic_pytest.errors import LauncherError


def check_patterns(patterns: Sequence[str]) -> None:
    """Refuses what would name no target of this workspace.

    Args:
        patterns: what a user gave.

    Raises:
        LauncherError: one of them is not a label nor a pattern.
    """
    for pattern in patterns:
        if not pattern.startswith("//"):
            raise LauncherError(
                f"argument {pattern!r} is no pattern of targets, expected one such as //pkg:x_test, //pkg:all or "
                f"//pkg/...; write it so, or leave it out for all targets"
            )


def is_selected(label: str, patterns: Sequence[str]) -> bool:
    """Tells whether a user asked for a target.

    Args:
        label: a label such as "//pkg:x_test".
        patterns: what the user gave; none means all targets.

    Returns:
        Whether there are no patterns, or one of them names the target.
    """
    return not patterns or any(matches(label, pattern) for pattern in patterns)


def matches(label: str, pattern: str) -> bool:
    """Tells whether a pattern names a target.

    Args:
        label: a label such as "//pkg:x_test".
        pattern: a label ("//pkg:x_test", "//pkg"), or all targets of a package ("//pkg:all") or below it ("//pkg/...").

    Returns:
        Whether it does.
    """
    package, _, _ = label.partition(":")
    if pattern.endswith("..."):
        return f"{package}/".startswith(f"{pattern.removesuffix('...').rstrip('/')}/")
    wanted, colon, name = pattern.partition(":")
    if name in ("all", "*"):
        return package == wanted
    return label == (pattern if colon else f"{wanted}:{wanted.rpartition('/')[2]}")
