"""Asks Bazel what a workspace calls other repositories."""

import json

from hermetic_pytest.commands.bazel_client import BazelClient
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.repositories import Repositories, has_apparent_name


def workspace_repositories(bazel: BazelClient, where: str, labels: set[str]) -> Repositories:
    """Asks Bazel, if a label names its repository as the workspace does.

    Args:
        bazel: the Bazel.
        where: the program and the file, for errors.
        labels: the labels.

    Returns:
        The names that the main repository gives others.

    Raises:
        LauncherError: Bazel does not tell.
    """
    if not any(map(has_apparent_name, labels)):
        return Repositories(where)
    answer = bazel.capture("mod", "dump_repo_mapping", "")
    try:
        names: dict[str, str] = json.loads(answer.stdout)
    except ValueError as error:
        raise LauncherError(
            f"`bazel mod dump_repo_mapping ''` ended with {answer.returncode} and told no repositories, expected those "
            f"of the workspace; mend what Bazel says:\n{answer.stderr.strip()}"
        ) from error
    return Repositories(where, names)
