"""Tells which targets are not in the workspace any more."""

import re
import tempfile
from collections.abc import Iterable

from hermetic_pytest.commands.bazel_client import BazelClient


def gone_targets(bazel: BazelClient, labels: Iterable[str]) -> list[str]:
    """Asks Bazel for targets.

    Args:
        bazel: the Bazel.
        labels: the targets' labels, with the canonical names of other repositories.

    Returns:
        Those that Bazel says are not there. Of a package that cannot be loaded, nobody knows the targets: none is gone.
    """
    wanted = [label for label in labels if label.startswith(("//", "@@"))]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as query:
        query.write(" + ".join(f'"{label}"' for label in wanted))
        query.flush()
        flags = ("--keep_going", "--noshow_progress", "--consistent_labels", f"--query_file={query.name}")
        answer = bazel.capture("query", *flags)
    there = {label.removeprefix("@@") if label.startswith("@@//") else label for label in answer.stdout.splitlines()}
    return [label for label in wanted if label not in there and _is_gone(label, answer.stderr)]


def _is_gone(label: str, errors: str) -> bool:
    package = label.removeprefix("//").partition(":")[0]
    # Of a repository that is not there, too, Bazel says that there is no such package.
    if re.search(rf"no such package '{re.escape(package)}': (BUILD file not found|The repository )", errors):
        return True
    missing = re.search(rf"no such target '{re.escape(label)}': .* defined by (.+)$", errors, re.MULTILINE)
    # Of a BUILD file with an error Bazel knows no targets, and says so in the same words.
    return missing is not None and f"{missing[1]}:" not in errors and f'File "{missing[1]}"' not in errors
