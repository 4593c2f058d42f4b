"""The command line of `//testing:quarantine`."""

import argparse
from collections.abc import Sequence

from hermetic_pytest.errors import LauncherError

LABEL = "//testing:quarantine"
_TERMS = ("reason", "owner", "until")


def read_options(argv: Sequence[str]) -> argparse.Namespace:
    """Reads the command line.

    Args:
        argv: the arguments; see `--help`. Unknown ones end the process with exit code 2, as argparse does.

    Returns:
        The options.
    """
    parser = argparse.ArgumentParser(
        prog=f"bazel run @hermetic_pytest{LABEL} --",
        description="Edits the file of py_test's attribute `quarantine`, checks it, and suggests tests for it.",
        allow_abbrev=False,
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--add", metavar="ID", help="quarantine a test, with --reason, --owner and --until")
    action.add_argument("--add-pattern", metavar="PATTERN", help="quarantine all tests that match; * and ? are wild")
    action.add_argument("--remove", metavar="ID", help="remove the entry with this id, or else with this pattern")
    action.add_argument("--remove-pattern", metavar="PATTERN", help="remove the entry with this pattern")
    action.add_argument("--suggest", action="store_true", help="name tests that failed and passed in the last results")
    action.add_argument(
        "--check",
        action="store_true",
        help="name entries that have expired, or whose test file or target does not exist",
    )
    parser.add_argument("--reason", help="why it is quarantined")
    parser.add_argument("--owner", help="who is to mend it")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="the last date of the quarantine")
    parser.add_argument("--file", metavar="FILE", help="the file; quarantine.json of the workspace's root without it")
    parser.add_argument("--testlogs", metavar="FOLDER", help="Bazel's results, where they are not in bazel-testlogs")
    parser.add_argument("--bazel", metavar="PROGRAM", help="the Bazel to ask for targets and repositories")
    return parser.parse_args(argv)


def terms_of(options: argparse.Namespace, name: str) -> dict[str, str]:
    """Takes the terms of a new entry.

    Args:
        options: the options.
        name: the entry's id or pattern.

    Returns:
        The terms, as the file has them.

    Raises:
        LauncherError: one is missing.
    """
    terms = {term: getattr(options, term) for term in _TERMS}
    missing = [f"--{term}" for term, value in terms.items() if value is None]
    if missing:
        raise LauncherError(
            f"{name!r} has no {' and no '.join(missing)}, expected --reason=WHY --owner=WHO --until=YYYY-MM-DD; "
            f"add what is missing"
        )
    return terms
