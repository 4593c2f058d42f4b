"""What a test starts, in whatever way, imports what the test imports, and nothing more."""

import concurrent.futures
import contextlib
import functools
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.closure.pytester import imports
from tests.closure.pytester.imports import World, world

_CODE = "import json; from tests.closure.pytester.imports import world; print(json.dumps(world()))"
# By a Python that the test starts.
_IN_SUBPROCESS = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_CODE!r}], check=True)"
_IN_INTERPRETER = f"from concurrent import interpreters; interpreters.create().exec({_CODE!r})"


def _told(*command: str, env: Mapping[str, str] | None = None) -> World:
    output = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, timeout=60).stdout
    told: World = json.loads(output)
    return told


def _in_pool(method: str) -> World:
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(world).result(timeout=60)


def _in_interpreter(function: Callable[[], World]) -> World:
    from concurrent import interpreters  # type: ignore[attr-defined]  # new in Python 3.14

    with contextlib.closing(interpreters.create()) as interpreter:
        told: World = interpreter.call(function)
    return told


def _in_interpreter_pool() -> World:
    with concurrent.futures.InterpreterPoolExecutor(1) as pool:  # type: ignore[attr-defined]  # new in Python 3.14
        told: World = pool.submit(world).result(timeout=60)
    return told


_WAYS: dict[str, Callable[[], World]] = {
    "code": lambda: _told(sys.executable, "-c", _CODE),
    "module": lambda: _told(sys.executable, "-m", "tests.closure.pytester.imports"),
    "file": lambda: _told(sys.executable, imports.__file__),
    "isolated": lambda: _told(sys.executable, "-I", "-c", _CODE),
    "no environment": lambda: _told(sys.executable, "-c", _CODE, env={}),
    "PATH": lambda: _told("python3", "-c", _CODE),
    "shell": lambda: _told("sh", "-c", 'exec python -c "$0"', _CODE),
    "env": lambda: _told("/usr/bin/env", f"python3.{sys.version_info.minor}", "-c", _CODE),
    "subprocess of a subprocess": lambda: _told(sys.executable, "-c", _IN_SUBPROCESS),
    "fork": lambda: _in_pool("fork"),
    "forkserver": lambda: _in_pool("forkserver"),
    "spawn": lambda: _in_pool("spawn"),
}
if sys.version_info >= (3, 14):
    _WAYS |= {
        "interpreter": lambda: _in_interpreter(world),
        "interpreter of an interpreter": lambda: _in_interpreter(functools.partial(_in_interpreter, world)),
        "interpreter of a subprocess": lambda: _told(sys.executable, "-c", _IN_INTERPRETER),
        "pool of interpreters": _in_interpreter_pool,
    }


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The home of a user who has installed a module; for the whole file, since multiprocessing's server keeps it."""
    home = tmp_path_factory.mktemp("home")
    site = home / ".local" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    site.mkdir(parents=True)
    (site / "in_user_site.py").touch()
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("HOME", str(home))
        yield


@pytest.fixture(params=_WAYS)
def told(request: pytest.FixtureRequest) -> World:
    """What a process or interpreter tells that was started in one of the ways."""
    return _WAYS[request.param]()


def test_imports_of_the_test() -> None:
    """The test itself imports what is declared, and nothing more."""
    files = world()["files"]
    assert {name for name, file in files.items() if file is not None} == set(imports.DECLARED)


def test_same_imports(told: World) -> None:
    """The same modules come from the same files."""
    assert told["files"] == world()["files"]


def test_no_more_folders(told: World) -> None:
    """The search path has the test's folders, and besides only what Python itself adds."""
    # The program's folder or the working one, and what a virtual environment has of its own.
    environment = pathlib.Path(sys.executable).parents[1]
    added = {"", os.getcwd(), os.path.dirname(imports.__file__), *map(str, environment.glob("lib/*/site-packages"))}
    assert set(sys.path) <= set(told["path"])
    assert set(told["path"]) - set(sys.path) <= added


def test_starts_the_same_python(told: World) -> None:
    """What it starts in turn runs on the same Python."""
    assert os.path.dirname(told["executable"]) == os.path.dirname(sys.executable)
