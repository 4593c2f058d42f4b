"""Prints the names of the distributions that an installed distribution requires here, one a line."""

import pathlib
import sys
from importlib.metadata import PathDistribution


def main(packages: str, folder: str) -> None:
    """Prints the names for each distribution in a folder, extras left out.

    Args:
        packages: a folder with a pip, which brings what reads requirements.
        folder: a folder that pip installed into.
    """
    sys.path.insert(0, packages)
    from pip._vendor.packaging.requirements import Requirement

    for info in sorted(pathlib.Path(folder).glob("*.dist-info")):
        for text in PathDistribution(info).requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                print(requirement.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
