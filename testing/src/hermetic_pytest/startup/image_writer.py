"""Writes the start-up image (see `image`)."""

import marshal
import pathlib
import sys
from collections.abc import Iterable, Mapping
from importlib.machinery import SourceFileLoader

from hermetic_pytest.startup.assert_rewriting.pyc import dump_code
from hermetic_pytest.startup.image import INDEX_LENGTH, behind_link, library_folder

# Older than references between objects, which would make the file depend on what else the writer had in memory.
_FORMAT = 2


def imported_files() -> list[str]:
    """Returns the files of the modules that have been imported."""
    files = [getattr(module, "__file__", None) for name, module in sys.modules.items() if name != "__main__"]
    return [file for file in files if file is not None]


def module_keys(runfiles: pathlib.Path, files: Iterable[str]) -> dict[str, str]:
    """Finds the modules that belong to the standard library or the runfiles.

    Args:
        runfiles: the runfiles root.
        files: the modules' files, and others, which are left out.

    Returns:
        Their files by the keys that the image knows them by: rlocation paths, and paths below the standard library with
        a slash in front.
    """
    keys = {}
    links: dict[str, str] = {}
    for file in files:
        if file.endswith(".py"):
            place = behind_link(file, links)
            # The standard library may be in the runfiles, where these are no symlinks.
            if place.startswith(f"{library_folder()}/"):
                keys[place.removeprefix(library_folder())] = file
            elif place.startswith(f"{runfiles}/"):
                keys[place.removeprefix(f"{runfiles}/")] = file
    return dict(sorted(keys.items()))


def format_image(modules: Mapping[str, str], methods: Iterable[str] = ()) -> bytes:
    """Writes an image.

    Args:
        modules: the modules' files by key. A file that Python cannot compile is left out: who imports it sees why.
        methods: the texts that dataclasses are made of.

    Returns:
        The image's content, of which this Python alone makes use.
    """
    places, blobs = {}, []
    start = 0
    for key, file in modules.items():
        try:
            source, code = _compile(key, file)
        except (SyntaxError, ValueError):
            continue
        places[key] = (start, len(code), len(source))
        blobs.append(code)
        start += len(code)
    # Under the name that they have without the image.
    codes = {text: dump_code(compile(text, "<string>", "exec", dont_inherit=True)) for text in sorted(methods)}
    blobs.append(marshal.dumps(codes, _FORMAT))
    index = marshal.dumps((sys.version, places, (start, len(blobs[-1]))), _FORMAT)
    return b"".join([len(index).to_bytes(INDEX_LENGTH, "little"), index, *blobs])


def _compile(key: str, file: str) -> tuple[bytes, bytes]:
    loader = SourceFileLoader(key, file)
    source = loader.get_data(file)
    # Each run puts the file's own name in.
    return source, dump_code(loader.source_to_code(source, key))
