"""Runs `hermetic_pytest.assert_rewriting.build` as an action of the build."""

import sys

from hermetic_pytest.assert_rewriting.build import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
