"""Prints, as JSON, the file and the requirements of each wheel in a folder, by the name of its Bazel package."""

import json
import pathlib
import re
import sys
import zipfile
from email.parser import Parser


def main(packages: str, folder: str) -> None:
    """Prints `{name: {"file": ..., "requires": [name, ...]}}`, with what is required here, extras left out.

    Args:
        packages: a folder with a pip, which brings what reads requirements.
        folder: a folder with wheels.
    """
    sys.path.insert(0, packages)
    from pip._vendor.packaging.requirements import Requirement

    wheels = {}
    for file in sorted(pathlib.Path(folder).glob("*.whl")):
        with zipfile.ZipFile(file) as wheel:
            (metadata,) = [name for name in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
            fields = Parser().parsestr(wheel.read(metadata).decode("utf-8"), headersonly=True)
        requirements = map(Requirement, fields.get_all("Requires-Dist", []))
        wheels[_normalize(fields["Name"])] = {
            "file": file.name,
            "requires": [
                _normalize(requirement.name)
                for requirement in requirements
                if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            ],
        }
    print(json.dumps(wheels))


def _normalize(name: str) -> str:
    """Spells a distribution's name as its Bazel package is called."""
    return re.sub(r"[-_.]+", "_", name).lower()


if __name__ == "__main__":
    main(*sys.argv[1:])
