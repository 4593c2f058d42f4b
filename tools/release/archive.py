"""Packs a release's archive: the same bytes from the same files, on any machine and at any time."""

import argparse
import gzip
import io
import pathlib
import sys
import tarfile
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Packs files.

    Args:
        argv: `--output=FILE --prefix=FOLDER` and the files, by their paths below the working folder.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="archive")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--prefix", required=True)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args(argv)
    # gzip's own header would have the time and the file's name.
    with arguments.output.open("wb") as output, gzip.GzipFile("", "wb", fileobj=output, mtime=0) as stream:
        pack(stream, prefix=arguments.prefix, files=sorted(arguments.files))
    return 0


def pack(stream: io.BufferedIOBase, *, prefix: str, files: Sequence[pathlib.Path]) -> None:
    """Writes a tar archive, in which nobody owns the files and 1970 is when they changed.

    Args:
        stream: where to.
        prefix: the folder that all are in.
        files: the files, relative.
    """
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for file in files:
            member = tarfile.TarInfo(f"{prefix}/{file.as_posix()}")
            content = file.read_bytes()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
