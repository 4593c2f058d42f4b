"""BuildGrid's command line."""

import sys

from buildgrid.server.app import cli  # type: ignore[import-not-found]  # Only this target has it, not the linters.

if __name__ == "__main__":
    sys.exit(cli.main(prog_name="bgd"))
