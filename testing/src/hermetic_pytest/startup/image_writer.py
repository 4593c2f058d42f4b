"""Writes the start-up image (see `image`)."""

import contextlib
import marshal
import pathlib
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from importlib.machinery import SourceFileLoader
from typing import Any

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
    links: dict[str, str] = {}
    keys = [(_key(runfiles, file, links), file) for file in files if file.endswith(".py")]
    return dict(sorted((key, file) for key, file in keys if key is not None))


@contextlib.contextmanager
def noted_code(runfiles: pathlib.Path) -> Iterator[dict[str, tuple[int, bytes]]]:
    """Notes what Python compiles to import modules, since compiling takes longer than all else that a writer does.

    Args:
        runfiles: the runfiles root.

    Yields:
        The length of a module's source and its code, by file, for `format_image`; of all modules that the image may
        hold and that are compiled in the context.
    """
    codes: dict[str, tuple[int, bytes]] = {}
    links: dict[str, str] = {}

    standard = SourceFileLoader.source_to_code

    def source_to_code(self: SourceFileLoader, data: bytes, path: str, **options: Any) -> types.CodeType:
        key = _key(runfiles, path, links)
        if key is None:
            return standard(self, data, path, **options)
        code = standard(self, data, key, **options)
        codes[path] = (len(data), dump_code(code))
        return code

    # mypy forbids what this is for: the class gets, and loses, a method that it has from one above it.
    SourceFileLoader.source_to_code = source_to_code  # type: ignore[assignment, method-assign]
    try:
        yield codes
    finally:
        del SourceFileLoader.source_to_code


def format_image(
    modules: Mapping[str, str], methods: Iterable[str] = (), codes: Mapping[str, tuple[int, bytes]] | None = None
) -> bytes:
    """Writes an image.

    Args:
        modules: the modules' files by key. A file that Python cannot compile is left out: who imports it sees why.
        methods: the texts that dataclasses are made of.
        codes: what `noted_code` has noted, which need not be compiled again.

    Returns:
        The image's content, of which this Python alone makes use.
    """
    places, blobs = {}, []
    start = 0
    for key, file in modules.items():
        try:
            length, code = (codes or {}).get(file) or _compile(key, file)
        except (SyntaxError, ValueError):
            continue
        places[key] = (start, len(code), length)
        blobs.append(code)
        start += len(code)
    # Under the name that they have without the image.
    methods_code = {text: dump_code(compile(text, "<string>", "exec", dont_inherit=True)) for text in sorted(methods)}
    blobs.append(marshal.dumps(methods_code, _FORMAT))
    index = marshal.dumps((sys.version, places, (start, len(blobs[-1]))), _FORMAT)
    return b"".join([len(index).to_bytes(INDEX_LENGTH, "little"), index, *blobs])


def _key(runfiles: pathlib.Path, file: str, links: dict[str, str]) -> str | None:
    place = behind_link(file, links)
    # The standard library may be in the runfiles, where these are no symlinks.
    if place.startswith(f"{library_folder()}/"):
        return place.removeprefix(library_folder())
    return place.removeprefix(f"{runfiles}/") if place.startswith(f"{runfiles}/") else None


def _compile(key: str, file: str) -> tuple[int, bytes]:
    loader = SourceFileLoader(key, file)
    source = loader.get_data(file)
    # Each run puts the file's own name in.
    return len(source), dump_code(loader.source_to_code(source, key))
