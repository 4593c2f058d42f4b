"""Prints, as JSON, the name, the file and the requirements of each wheel in a folder."""

import json
import pathlib
import re
import sys
import zipfile
from email.parser import Parser


def main(packages: str, folder: str) -> None:
    """Prints `[{"name": ..., "file": ..., "requires": [name, ...]}]`, with what is required here, extras left out.

    Args:
        packages: a folder with a pip, which brings what reads requirements.
        folder: a folder with wheels.
    """
    sys.path.insert(0, packages)
    from pip._vendor.packaging.requirements import Requirement

    wheels = []
    for file in sorted(pathlib.Path(folder).glob("*.whl")):
        with zipfile.ZipFile(file) as wheel:
            (metadata,) = [name for name in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
            fields = Parser().parsestr(wheel.read(metadata).decode("utf-8"), headersonly=True)
        requirements = map(Requirement, fields.get_all("Requires-Dist", []))
        required = [each.name for each in requirements if each.marker is None or each.marker.evaluate({"extra": ""})]
        wheels.append({"name": fields["Name"], "file": file.name, "requires": required})
    print(json.dumps(wheels))


if __name__ == "__main__":
    main(*sys.argv[1:])
