"""Labels of the main repository as `bazel query` writes them (https://bazel.build/concepts/labels)."""


def normalized(label: str) -> str:
    """Takes off what `--consistent_labels` puts before labels of the main repository.

    Args:
        label: a label in any spelling of the main repository, or of another one.

    Returns:
        The label; one of the main repository starts with `//`.
    """
    return label[label.index("//") :] if label.startswith(("@//", "@@//")) else label


def package(label: str) -> str:
    """Returns the package of a label, `pkg/sub` of `//pkg/sub:name`."""
    return label.partition("//")[2].partition(":")[0]


def name(label: str) -> str:
    """Returns the name of a target, `name` of `//pkg:name` and `pkg` of `//pkg`."""
    whole, colon, last = label.partition(":")
    return last if colon else whole.rpartition("/")[2]


def path(label: str) -> str | None:
    """Returns where a source file's label leads.

    Args:
        label: a normalized label.

    Returns:
        The path below the workspace's root, None for another repository's label.
    """
    if not label.startswith("//"):
        return None
    return "/".join(part for part in (package(label), name(label)) if part)
