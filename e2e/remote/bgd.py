"""BuildGrid's command line."""

import sys

from buildgrid.server.app import cli  # type: ignore[import-not-found]  # the linters do not install BuildGrid

if __name__ == "__main__":
    sys.exit(cli.main(prog_name="bgd"))
