"""Tells pluggy its own version, for the header that pytest prints.

pluggy would ask importlib.metadata, which imports the email package to parse all of a distribution's METADATA: a
twentieth of the time of a small target (docs/performance.md).
"""

import pathlib

import pluggy

_METADATA = ".dist-info"


def tell_pluggy_its_version() -> None:
    """Reads the version from the name of the folder that an installer makes beside the package.

    See https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-dist-info-directory.
    Where there is none, pluggy finds out by itself.
    """
    assert pluggy.__file__ is not None
    for folder in pathlib.Path(pluggy.__file__).parent.parent.glob(f"pluggy-*{_METADATA}"):
        vars(pluggy)["__version__"] = folder.name.removeprefix("pluggy-").removesuffix(_METADATA)
