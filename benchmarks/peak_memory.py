"""Runs a command, and writes the most memory that one of its processes had: `peak_memory.py FILE COMMAND…`.

A process of its own, and a small one: between fork and exec a child counts what its parent holds.
"""

import pathlib
import resource
import subprocess
import sys


def main(argv: list[str]) -> int:
    """Runs the command.

    Args:
        argv: the file that gets the peak in KiB, and the command.

    Returns:
        The command's exit code.
    """
    file, *command = argv
    finished = subprocess.run(command, check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    pathlib.Path(file).write_text(str(peak), encoding="utf-8")
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
