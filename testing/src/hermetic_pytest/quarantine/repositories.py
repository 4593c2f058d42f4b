"""Reads the labels of other repositories in a quarantine file, as Bazel reads those in a BUILD file beside it."""

import pathlib
import re
from collections.abc import Mapping

from hermetic_pytest.errors import LauncherError

# Where Bazel writes what repositories call each other: a line `source,apparent name,canonical name` for each pair of
# repositories in the runfiles (https://github.com/bazelbuild/proposals/blob/main/designs/2022-07-21-locating-runfiles-with-bzlmod.md).
_FILE = "_repo_mapping"

# The main repository's folder in runfiles trees; it is called by the empty name elsewhere.
_MAIN = "_main"


class Repositories:
    """What the repository of a quarantine file calls others."""

    def __init__(self, where: str, names: Mapping[str, str] | None = None, source: str = "") -> None:
        """Takes the names.

        Args:
            where: the target or program and the file, for errors.
            names: the canonical names of repositories, by the apparent names that the source sees; an empty one is the
                main repository. None where nobody knows them.
            source: the canonical name of the file's repository, empty for the main repository.
        """
        self._where = where
        self._names = names
        self._source = source

    @classmethod
    def of_runfiles(cls, where: str, runfiles: pathlib.Path, file: str) -> "Repositories":
        """Reads what Bazel wrote into a runfiles tree.

        Args:
            where: the target and the file, for errors.
            runfiles: the tree's root.
            file: the quarantine file's rlocation path.

        Returns:
            The names of the repositories that are in the tree, the target's own among them.
        """
        folder = file.partition("/")[0]
        source = "" if folder == _MAIN else folder
        try:
            lines = (runfiles / _FILE).read_text(encoding="utf-8").splitlines()
        except OSError:
            return cls(where, None, source)
        rows = [line.split(",") for line in lines]
        return cls(where, {row[1]: row[2] for row in rows if len(row) == 3 and _is_of(row[0], source)}, source)

    def canonical(self, label: str) -> str | None:
        """Writes a label as Bazel does in TEST_TARGET.

        Args:
            label: the label as the file has it.

        Returns:
            The label with the canonical name of its repository, without one for the main repository; None where the
            repository is none of those that are known.

        Raises:
            LauncherError: nobody knows what the repository's name means.
        """
        written, _, rest = label.partition("//")
        name: str | None = written.removeprefix("@@") if written else self._source
        if has_apparent_name(label):
            if self._names is None:
                raise LauncherError(
                    f"{self._where} has an entry for {label}, and Bazel has not told which repository {written} is "
                    f"(there is no {_FILE} in the runfiles), expected a canonical label; write it as "
                    f"`bazel query --consistent_labels {label}` does"
                )
            name = self._names.get(written[1:])
        if name is None:
            return None
        return f"//{rest}" if name in ("", _MAIN) else f"@@{name}//{rest}"


def has_apparent_name(label: str) -> bool:
    """Tells whether a label names its repository as another one calls it.

    Args:
        label: the label.

    Returns:
        Whether it does; not for a canonical name, which has two `@`, nor without a name.
    """
    return re.match(r"@[^@/]", label) is not None


def _is_of(pattern: str, source: str) -> bool:
    # Newer Bazels write one line for all repositories of a module extension.
    return source.startswith(pattern[:-1]) if pattern.endswith("*") else source == pattern
