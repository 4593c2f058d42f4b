"""Gives the Pythons that a run starts the start-up image, too: those of pytester, pytest-xdist and the tests."""

import pathlib

from hermetic_pytest.closure.virtual_environment import site_packages

# Python executes it at its start (https://docs.python.org/3/library/site.html), in a virtual environment twice. What it
# has imported is forgotten then: a program of the tests begins with the modules that it begins with elsewhere.
_PTH = """\
import sys, _frozen_importlib_external as importer; "get_code" in vars(importer.SourceFileLoader) or ( \
__import__("hermetic_pytest.startup.image", fromlist=["*"]).use_image({runfiles!r}, {image!r}), \
[sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "hermetic_pytest"])
"""


def use_image_in_children(environment: pathlib.Path, runfiles: pathlib.Path, image: str) -> None:
    """Has each Python of a virtual environment use the image from its start.

    Args:
        environment: the folder of the closure's virtual environment.
        runfiles: the runfiles root, as modules' paths begin with it.
        image: the image's rlocation path.
    """
    # Files are executed in the order of their names: the one with the closure's entries is `closure.pth`.
    pth = site_packages(environment) / "startup_image.pth"
    pth.write_text(_PTH.format(runfiles=str(runfiles), image=image), encoding="utf-8")
