"""Runs `hermetic_pytest.startup.assert_rewriting.build` as an action of the build."""

import os
import sys

from hermetic_pytest.startup.image import use_image


def _main() -> int:
    folder = os.path.dirname(os.path.abspath(__file__))
    runfiles, repository = os.path.split(os.path.dirname(folder))
    use_image(runfiles, f"{repository}/testing/startup_image.bin")
    # Only now: the image has the code of these, and of what they import.
    import pathlib

    from hermetic_pytest.closure.distributions import check_distributions
    from hermetic_pytest.errors import LauncherError

    try:
        check_distributions("//testing:rewrite_asserts", ["pytest"], sys.path, pathlib.Path(runfiles))
    except LauncherError as error:
        print(f"hermetic_pytest: {error}", file=sys.stderr)
        return 1
    # This imports pytest.
    from hermetic_pytest.startup.assert_rewriting.build import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_main())
