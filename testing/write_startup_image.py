"""Writes the start-up image as an action of the build."""

import contextlib
import importlib
import os
import pathlib
import pkgutil
import sys
import sysconfig

# What runs the tests of a target, with all that it imports. Tests have no bytecode of these.
_PACKAGES = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "anyio", "hermetic_pytest")
# What these import where they need it, for a coloured traceback for example; and what tests and the packages that they
# need import themselves. Bytecode of these is in no test's sandbox where the toolchain leaves out the library's.
_MODULES = (
    "_ast_unparse",
    "_strptime",
    "asyncio",
    "bz2",
    "concurrent.futures.process",
    "concurrent.futures.thread",
    "configparser",
    "csv",
    "ctypes.util",
    "decimal",
    "email.message",
    "email.mime.multipart",
    "email.mime.text",
    "email.parser",
    "email.utils",
    "fractions",
    "getpass",
    "graphlib",
    "gzip",
    "hmac",
    "html.parser",
    "http.client",
    "http.cookiejar",
    "http.cookies",
    "http.server",
    "ipaddress",
    "logging.config",
    "logging.handlers",
    "lzma",
    "mimetypes",
    "multiprocessing.managers",
    "multiprocessing.pool",
    "multiprocessing.popen_fork",
    "multiprocessing.popen_spawn_posix",
    "multiprocessing.resource_tracker",
    "multiprocessing.shared_memory",
    "multiprocessing.spawn",
    "multiprocessing.synchronize",
    "numbers",
    "optparse",
    "pdb",
    "pickle",
    "pygments.formatters.terminal",
    "pygments.lexers.diff",
    "pygments.lexers.python",
    "queue",
    "runpy",
    "secrets",
    "smtplib",
    "socketserver",
    "sqlite3.dbapi2",
    "ssl",
    "statistics",
    "stringprep",
    "tarfile",
    "tomllib",
    "unittest.mock",
    "urllib.request",
    "uuid",
    "wsgiref.simple_server",
    "xml.dom.minidom",
    "xml.etree.ElementTree",
    "xml.sax.expatreader",
    "xml.sax.saxutils",
    "xmlrpc.client",
    "zoneinfo",
)


def main(output: str) -> None:
    """Writes the image.

    Args:
        output: the file to write.
    """
    from hermetic_pytest.startup.dataclass_methods import recorded_methods
    from hermetic_pytest.startup.image_writer import format_image, imported_files, module_keys, noted_code

    runfiles = pathlib.Path(os.path.abspath(__file__)).parents[2]
    with recorded_methods() as methods, noted_code(runfiles) as codes:
        files = [file for name in _PACKAGES for file in _import_all(name)]
        for name in _MODULES:
            _import(name)
        # The module that has them goes by the platform's name.
        sysconfig.get_config_vars()
    modules = module_keys(runfiles, [*files, *imported_files()])
    pathlib.Path(output).write_bytes(format_image(modules, methods, codes))


def _import_all(name: str) -> list[str]:
    package = _import(name)
    folders = getattr(package, "__path__", [])
    for module in pkgutil.walk_packages(folders, f"{name}."):
        _import(module.name)
    # With those that cannot be imported here.
    return [str(file) for folder in folders for file in pathlib.Path(folder).rglob("*.py")]


def _import(name: str) -> object:
    # Each run says itself what is missing, such as coverage.py for the launcher's part that needs it, and what does not
    # work, such as a pytest that is too old.
    with contextlib.suppress(Exception):
        return importlib.import_module(name)
    return None


if __name__ == "__main__":
    main(sys.argv[1])
