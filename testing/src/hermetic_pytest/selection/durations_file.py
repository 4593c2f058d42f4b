"""The format of durations files: a JSON object with the seconds that each test takes, by node id.

Written so that reviews and merges are easy: one test a line, sorted, and no more digits than a measurement is good for.
"""

import json
import math
import pathlib
from collections.abc import Mapping

from hermetic_pytest.errors import LauncherError

# What test.xml counts in; less is noise.
_LEAST_SECONDS = 0.001

_MEND = (
    "mend it, or write {} into it, and let `bazel run @hermetic_pytest//testing:update_durations` fill it after a run"
)


def read_durations(label: str, name: str, file: pathlib.Path) -> dict[str, float]:
    """Reads a durations file.

    Args:
        label: the target that has the file, for errors.
        name: the file's name for errors.
        file: the file.

    Returns:
        The seconds that each test takes, by node id.

    Raises:
        LauncherError: the file cannot be read, or is malformed.
    """
    try:
        # Digits that no float can hold become an infinity, and are refused below.
        durations = json.loads(file.read_text(encoding="utf-8"), parse_int=float)
    except (OSError, ValueError, RecursionError) as error:
        raise _malformed(label, name, f"cannot be read ({error})", "a JSON object") from error
    if not isinstance(durations, dict):
        raise _malformed(label, name, f"holds {json.dumps(durations):.60}", "a JSON object of seconds by node id")
    for test, seconds in durations.items():
        if not isinstance(seconds, float) or not 0 <= seconds < math.inf:
            got = f"has {json.dumps(seconds):.60} for {test!r}"
            raise _malformed(label, name, got, "seconds, a number of at least 0")
    return durations


def format_durations(durations: Mapping[str, float]) -> str:
    """Writes a durations file's text.

    Args:
        durations: the seconds that each test takes, by node id.

    Returns:
        The text; seconds are rounded to two digits, and to 0.001 at least.
    """
    rounded = {test: max(float(f"{seconds:.2g}"), _LEAST_SECONDS) for test, seconds in durations.items()}
    return json.dumps(rounded, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _malformed(label: str, name: str, got: str, expected: str) -> LauncherError:
    return LauncherError(f"{label}: durations file {name} {got}, expected {expected}; {_MEND}")
