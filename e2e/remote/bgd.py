"""BuildGrid's command line."""

import sys

from buildgrid.server.app import cli

if __name__ == "__main__":
    sys.exit(cli.main(prog_name="bgd"))
