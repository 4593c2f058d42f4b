"""Runs `hermetic_pytest.startup.assert_rewriting.build` as an action of the build."""

import pathlib
import sys

from hermetic_pytest.closure.distributions import check_distributions
from hermetic_pytest.errors import LauncherError


def _main() -> int:
    try:
        check_distributions("//testing:rewrite_asserts", ["pytest"], sys.path, pathlib.Path(__file__).parents[2])
    except LauncherError as error:
        print(f"hermetic_pytest: {error}", file=sys.stderr)
        return 1
    # Only now: it imports pytest.
    from hermetic_pytest.startup.assert_rewriting.build import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_main())
