"""Finds the line of the source tree that a failure points at."""

import re

from hermetic_pytest.report.model import Case

# How pytest ends the entry of a traceback, and how Python's own traceback, or a SyntaxError, has a place.
_ENTRY = re.compile(r"^(?:E +)?(?:File \")?([^\s:\"<>]+\.py)(?:\", line |:)(\d+)(?::|,|$)", re.MULTILINE)


def place_of(case: Case) -> tuple[str, int | None]:
    """Finds the file and line of a failure.

    Args:
        case: a test that failed.

    Returns:
        The last line of the traceback that is in the test's own file, else where the test is defined, else the last
        line in a file of the workspace; the file is relative to its root, and empty where no file is known.
    """
    module = case.file or case.name.partition("::")[0]
    entries = [(path, int(line)) for path, line in _ENTRY.findall(case.details) if not path.startswith(("/", "."))]
    own = [entry for entry in entries if entry[0] == module]
    if own:
        return own[-1]
    if module.endswith(".py") and not module.startswith(("/", "@")):
        return module, case.line
    return entries[-1] if entries else ("", None)
