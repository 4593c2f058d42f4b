"""Runs `adopt.command_line` in the workspace that `bazel run` is started in."""

import os
import sys

from adopt.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
