"""Runs `hermetic_pytest.commands.quarantine` in the workspace that `bazel run` is started in."""

import os
import sys

from hermetic_pytest.commands.quarantine import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
