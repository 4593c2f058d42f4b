"""What the samples were taken on."""

import os
import platform
from collections.abc import Sequence


def machine_facts(bazel: str, flags: Sequence[str]) -> dict[str, str | float]:
    """Describes the machine, without its name.

    Args:
        bazel: Bazel's version.
        flags: the flags that Bazel is given.

    Returns:
        Facts by name.
    """
    return {
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "bazel": " ".join([bazel, *flags]),
        # What else runs here makes ratios worthless; a quiet machine is near 0 before the first round.
        "load average before": round(os.getloadavg()[0], 1),
    }
