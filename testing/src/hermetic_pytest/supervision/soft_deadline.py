"""When a run that goes on is reported with its stacks, before Bazel's timeout ends it."""


def soft_deadline(timeout: int, least: float = 2.0) -> float:
    """Chooses when to note what a run is at, in case Bazel ends it soon.

    Bazel leaves no time for that under `bazel coverage`.

    Args:
        timeout: Bazel's TEST_TIMEOUT, in seconds.
        least: how long the reports may take to write, in seconds.

    Returns:
        Seconds after the start: a tenth before the timeout, but time enough to write the reports.
    """
    return timeout - min(max(timeout / 10, least), 15.0, timeout / 2)
