"""Gives modules their code from the start-up image, a file that the build makes once for all targets.

Python finds, specifies and executes each module as ever; only its code comes from the image. So Python need not look
for a bytecode file of each module, nor compile what has none: released rules_python leaves the standard library's
bytecode out of a test's files.

A target's main calls this first, so it imports no more than each Python has imported by then.
"""

import marshal
import os
import sys

# `importlib.machinery` has the same class, and would be a file to compile.
from _frozen_importlib_external import SourceFileLoader

# What Python's importer itself ends the load of a bytecode file with. It is private, and no stub names it;
# tests/startup/image_test.py has its contract.
from _imp import _fix_co_filename  # type: ignore[attr-defined]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

# Before the index is how long it is.
INDEX_LENGTH = 8

# Tests patch what modules have by this name.
_read_link = os.readlink


def library_folder() -> str:
    """Returns the folder of the standard library."""
    return os.path.dirname(os.__file__)


def behind_link(path: str, links: "dict[str, str]") -> str:
    """Finds a file behind the link that a virtual environment has for a package.

    With rules_python's `venvs_site_packages`, each program has such an environment, where a relative link leads to the
    package's own place in the runfiles.

    Args:
        path: the file's path.
        links: what is known of links; each is read once.

    Returns:
        The file's path in the package's own place; the same path where there is no link.
    """
    folder, below, rest = path.partition("/site-packages/")
    if not below:
        return path
    package, slash, rest = rest.partition("/")
    link = folder + below + package
    if link not in links:
        try:
            target = _read_link(link)
        except OSError:
            target = link
        # A link that is not relative is one to a file that lies outside of the runfiles.
        links[link] = _joined(f"{folder}/site-packages", target) if target.startswith("../") else link
    return links[link] + slash + rest


def _joined(folder: str, target: str) -> str:
    # The functions of os.path call others by names that tests patch.
    while target.startswith("../"):
        folder, target = folder.rpartition("/")[0], target.removeprefix("../")
    return f"{folder}/{target}"


def use_image_in_main(main_file: str, main: str, image: str) -> None:
    """Has modules and dataclasses of a target's main get their code from the image.

    Args:
        main_file: the main module's `__file__`.
        main: the main module's rlocation path.
        image: the image's rlocation path.
    """
    methods = use_image(os.path.abspath(main_file).removesuffix(f"/{main}"), image)
    if methods is not None:
        # Only now: it has its code from the image.
        from hermetic_pytest.startup.dataclass_methods import use_methods

        use_methods(*methods)


def use_image(runfiles: str, image: str) -> "tuple[str, int, int] | None":
    """Has modules get their code from the image.

    Nothing changes where the image is of another Python, and for a module whose source has not the size that the image
    knows.

    Args:
        runfiles: the runfiles root.
        image: the image's rlocation path.

    Returns:
        Where the methods of dataclasses are: the image's path, where they begin and how long they are, in bytes. None
        where the image changes nothing.
    """
    file = f"{runfiles}/{image}"
    try:
        with open(file, "rb") as opened:
            index_length = int.from_bytes(opened.read(INDEX_LENGTH), "little")
            version, places, (methods_start, methods_length) = marshal.loads(opened.read(index_length))
    except OSError:
        return None
    if version != sys.version or sys.flags.optimize != 0:
        return None
    first = INDEX_LENGTH + index_length
    roots = {f"{runfiles}/": "", f"{os.path.realpath(runfiles)}/": "", f"{library_folder()}/": "/"}
    _replace_get_code(file, first, places, roots)
    return file, first + methods_start, methods_length


def _replace_get_code(
    file: str, first: int, places: "Mapping[str, tuple[int, int, int]]", roots: "Mapping[str, str]"
) -> None:
    standard = SourceFileLoader.get_code
    # Tests patch what modules have by these names, and may forbid reads by the usual ones in an event loop.
    stat, open_file, read, close, loads, fix_co_filename = (
        os.stat,
        os.open,
        os.pread,
        os.close,
        marshal.loads,
        _fix_co_filename,
    )
    flags = os.O_RDONLY | os.O_CLOEXEC
    links: dict[str, str] = {}

    def place_of(path: str) -> "tuple[int, int, int] | None":
        for root, key in roots.items():
            place = places.get(key + path[len(root) :]) if path.startswith(root) else None
            if place is not None:
                return place
        return None

    def get_code(self: SourceFileLoader, fullname: str) -> "CodeType | None":
        # A loader of another class may mean to change the code; a path object, or another module's name, is for
        # Python's importer to take or refuse.
        if type(self) is not SourceFileLoader or fullname != self.name or type(self.path) is not str:
            return standard(self, fullname)
        path = self.path
        place = place_of(path) or place_of(behind_link(path, links))
        if place is None or stat(path).st_size != place[2]:
            return standard(self, fullname)
        opened = open_file(file, flags)
        try:
            code: CodeType = loads(read(opened, place[1], first + place[0]))
        finally:
            close(opened)
        fix_co_filename(code, path)
        return code

    # Python leaves the frames of its importer out of a traceback, of a syntax error for example. It knows them by their
    # file's name.
    get_code.__code__ = get_code.__code__.replace(co_filename=standard.__code__.co_filename)
    # mypy forbids what this is for: the class gets a method that it had from one above it.
    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]
