"""The name of the suite in test.xml."""

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest

# What follows the label in a shard's suite name.
_SHARD = " (shard "


def suite_name(manifest: Manifest, bazel: BazelEnvironment) -> str:
    """Names the suite in test.xml, so that reports of a target's shards can lie side by side.

    Args:
        manifest: the target.
        bazel: Bazel's variables.

    Returns:
        The label, with the shard's number from 1 where there are shards.
    """
    if bazel.shard is None:
        return manifest.label
    return f"{manifest.label}{_SHARD}{bazel.shard.index + 1} of {bazel.shard.total})"


def label_of_suite(name: str) -> str:
    """Finds the target of a suite in test.xml.

    Args:
        name: the suite's name, as `suite_name` makes it.

    Returns:
        The label; what other runners than this one call a suite, as it is.
    """
    return name.partition(_SHARD)[0]
