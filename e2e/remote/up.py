"""Runs a cluster until it is told to end, as by `./bazelw run //e2e/remote:up`."""

import signal
import sys
import types

from e2e.remote.cluster.cluster import Cluster
from e2e.remote.cluster.contained import ServerError
from e2e.remote.cluster.programs import MissingProgramsError, find_programs

_SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


def _end(number: int, _: types.FrameType | None) -> None:
    for further in _SIGNALS:
        signal.signal(further, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main() -> int:
    """Starts the cluster, prints how to use it, and ends it at SIGINT, SIGTERM or SIGHUP, or when a server ends.

    Returns:
        The exit code: 1 if a server failed, 128 and the signal's number after a signal.
    """
    for number in _SIGNALS:
        signal.signal(number, _end)
    try:
        with Cluster(find_programs()) as cluster:
            print(
                "# The cluster runs until this program ends. In .bazelrc.user:",
                *cluster.bazelrc(),
                sep="\n",
                flush=True,
            )
            cluster.watch()
    except (MissingProgramsError, ServerError) as error:
        print(f"up: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
