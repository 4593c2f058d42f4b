"""Interpreters inside the process start with the closure."""

import json
import subprocess
import sys

import pytest
from hermetic_pytest.closure.subinterpreters import enter_closure_in_interpreters

pytestmark = pytest.mark.skipif(sys.version_info < (3, 14), reason="concurrent.interpreters is new in Python 3.14")

# In a process of its own, which no launcher has prepared.
_PREPARE = """\
import json, sys
import _interpreters
from concurrent import interpreters
from hermetic_pytest.closure.subinterpreters import enter_closure_in_interpreters
enter_closure_in_interpreters([*sys.path, "/added"], "/the/python")
queue = interpreters.create_queue()
"""

# In an interpreter, which has the queue.
_LOOK = """\
import sys
queue.put((sys.path[-1], sys.executable, sys.dont_write_bytecode))
"""

_NESTED = f"""\
from concurrent import interpreters
one = interpreters.create()
one.prepare_main(queue=queue)
one.exec({_LOOK!r})
"""


def _told(code: str) -> object:
    program = _PREPARE + code + "\nprint(json.dumps(queue.get(timeout=30)))"
    return json.loads(subprocess.check_output([sys.executable, "-c", program], text=True))


@pytest.mark.parametrize(
    "create", ["interpreters.create()", "interpreters.Interpreter(_interpreters.create('legacy'))"]
)
def test_interpreter(create: str) -> None:
    """An interpreter has the closure's path and Python, and leaves no bytecode beside sources."""
    told = _told(f"one = {create}\none.prepare_main(queue=queue)\none.exec({_LOOK!r})")
    assert told == ["/added", "/the/python", True]


def test_nested() -> None:
    """So has one that an interpreter makes."""
    told = _told(f"one = interpreters.create()\none.prepare_main(queue=queue)\none.exec({_NESTED!r})")
    assert told == ["/added", "/the/python", True]


def test_main_is_empty() -> None:
    """Nothing is left behind in an interpreter's namespace."""
    told = _told(
        "one = interpreters.create()\none.prepare_main(queue=queue)\n"
        "one.exec('queue.put(tuple(name for name in globals() if not name.startswith(\"__\")))')"
    )
    assert told == ["queue"]


def test_create_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The public module takes the private one's function anew each time, which the project relies on."""
    from concurrent import interpreters  # type: ignore[attr-defined]  # new in Python 3.14

    def fail(*_: object, **__: object) -> int:
        raise LookupError

    monkeypatch.setattr("_interpreters.create", fail)
    with pytest.raises(LookupError):
        interpreters.create()


def test_no_interpreters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without interpreters needs nothing."""
    monkeypatch.setitem(sys.modules, "_interpreters", None)
    enter_closure_in_interpreters(sys.path, sys.executable)
