"""How the page words numbers, times and statuses."""

import datetime
import shlex


def duration(seconds: float) -> str:
    """Words a duration.

    Args:
        seconds: how long something took.

    Returns:
        Two or three digits that tell something, such as "12 ms", "3.1 s" or "2 min 05 s".
    """
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def clock_time(seconds: float) -> str:
    """Words a time of day as people read it.

    Args:
        seconds: since 1970.

    Returns:
        Day and time in this machine's zone.
    """
    return datetime.datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")


def iso_time(seconds: float) -> str:
    """Words a time for programs.

    Args:
        seconds: since 1970.

    Returns:
        ISO 8601, in UTC.
    """
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="seconds")


def plural(number: int, word: str) -> str:
    """Words a number of things.

    Args:
        number: how many there are.
        word: what one of them is called.

    Returns:
        The two together, such as "1 test" or "2,000 tests".
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def status_words(status: str) -> str:
    """Words a status.

    Args:
        status: Bazel's status or a case's outcome.

    Returns:
        Words without underscores, in small letters.
    """
    return {"xfailed": "expected failure"}.get(status, status.replace("_", " ").lower())


def rerun_command(name: str, label: str) -> str:
    """Finds what runs one test again.

    Args:
        name: the test's node id.
        label: its target.

    Returns:
        The command for a shell; without a filter where the test has no node id, or is a finding of the whole run.
    """
    is_test = ".py::" in name and not name.startswith(("//", "@"))
    test_filter = f" {shlex.quote(f'--test_filter={name}')}" if is_test else ""
    return f"bazel test {shlex.quote(label)}{test_filter}"
