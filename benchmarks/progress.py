"""What a person who waits for the report reads."""

import sys


def report_progress(progress: str) -> None:
    """Writes a line to standard error.

    Args:
        progress: what happens now.
    """
    print(f"benchmarks: {progress}", file=sys.stderr, flush=True)
