"""When a run that goes on is reported with its stacks, before Bazel's timeout ends it."""

import os
import pathlib
import time


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


def process_age() -> float:
    """Finds out how long ago this process started, as Bazel's time began to run then, or a moment before.

    Returns:
        Seconds; 0 where the system does not tell (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html does).
    """
    try:
        # Behind the program's name, which may have any characters. The start is the 22nd field, in clock ticks.
        fields = (
            pathlib.Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK"))
    except (OSError, AttributeError):
        return 0.0
