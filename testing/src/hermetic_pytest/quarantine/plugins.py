"""Makes the plugins of a target that has a quarantine file."""

import datetime
import pathlib

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.quarantine.excused_failures import Excuses
from hermetic_pytest.quarantine.gone_or_expired_error import EntryJudge
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.quarantine_file import file_name, read_quarantine
from hermetic_pytest.quarantine.repositories import Repositories
from hermetic_pytest.quarantine.whole_target import WholeTarget


def quarantine_plugins(file: str, manifest: Manifest, bazel: BazelEnvironment, runfiles: pathlib.Path) -> list[object]:
    """Reads the entries, and the date, before any test can change the clock.

    Args:
        file: the quarantine file's rlocation path.
        manifest: the target.
        bazel: Bazel's variables.
        runfiles: the runfiles root.

    Returns:
        The plugins.

    Raises:
        LauncherError: the file is malformed, or nobody knows which target an entry is for.
    """
    label, name = manifest.label, file_name(file)
    entries = read_quarantine(label, name, runfiles / file)
    repositories = Repositories.of_runfiles(f"{label}: quarantine file {name}", runfiles, file)
    matcher = Matcher(label, entries, repositories)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    whole = WholeTarget(manifest, bazel, runfiles)
    return [Excuses(matcher, today), EntryJudge(matcher, whole, label, name, today)]
