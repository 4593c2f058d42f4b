"""Wherever and however a run is ended, it is no success; cases have those tests that had ended, and the culprit."""

import os
import pathlib
import random
import signal
import xml.etree.ElementTree as ElementTree

import pytest

from tests.supervision.supervised_run import run, start

_TESTS = 100

_WAYS = (
    "os._exit(0)",
    "os._exit(7)",
    "os.abort()",
    "os.kill(os.getpid(), 9)",
    "os.execv('/bin/true', ['true'])",
    "pytest.exit('enough', returncode=0)",
    "threading.Thread(target=os._exit, args=(0,)).start(); time.sleep(60)",
)

_CONFTEST = """
import os, threading, time
import pytest

@pytest.hookimpl({when})
def {hook}(item):
    if item.name == "test_it[{number}]":
        {way}
"""

_SUITE = f"""
import pytest

@pytest.mark.parametrize("number", range({_TESTS}))
def test_it(number):
    print(number)
    if number % 10 == 3:
        pytest.skip("no")
"""


def _cases(folder: pathlib.Path) -> dict[str, bool]:
    """Reads the cases, and whether each is an error."""
    cases = ElementTree.parse(folder / "bazel.xml").iter("testcase")
    return {case.get("name", ""): case.find("error") is not None for case in cases}


@pytest.mark.parametrize("seed", range(20))
def test_from_inside(tmp_path: pathlib.Path, seed: int) -> None:
    """A test that ends its process is the culprit, and the tests before it have their results."""
    chosen = random.Random(seed)
    number = chosen.randrange(_TESTS)
    conftest = _CONFTEST.format(
        when=chosen.choice(["tryfirst=True", "trylast=True"]),
        hook="pytest_runtest_" + chosen.choice(["setup", "call", "teardown"]),
        number=number,
        way=chosen.choice(_WAYS),
    )
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "x_test.py").write_text(_SUITE, encoding="utf-8")
    code, log = run(tmp_path, "x_test.py", chosen.choice(["--capture=fd", "--capture=sys", "-s"]))
    assert code != 0, log
    assert _cases(tmp_path) == {f"test_it[{each}]": each == number for each in range(number + 1)}
    assert f"of x_test.py::test_it[{number}]\n" in log


@pytest.mark.parametrize("seed", range(10))
def test_from_outside(tmp_path: pathlib.Path, seed: int) -> None:
    """The same holds for a test process that is killed at any moment, which the report and the log then agree on."""
    chosen = random.Random(seed)
    (tmp_path / "x_test.py").write_text(_SUITE, encoding="utf-8")
    moment, killed = tmp_path / "moment", tmp_path / "killed"
    os.mkfifo(moment)
    os.mkfifo(killed)
    (tmp_path / "conftest.py").write_text(
        "import os\n"
        "def pytest_runtest_logstart(nodeid):\n"
        f"    if nodeid.endswith('[{chosen.randrange(_TESTS)}]'):\n"
        f"        open({str(moment)!r}, 'w').write(str(os.getpid()))\n"
        # A process that is faster than the signal waits for it.
        "def pytest_sessionfinish():\n"
        f"    open({str(killed)!r}).read()\n",
        encoding="utf-8",
    )
    process = start(tmp_path, "x_test.py")
    os.kill(int(moment.read_text(encoding="utf-8")), signal.SIGKILL)
    log, _ = process.communicate(timeout=60)
    cases = _cases(tmp_path)
    ended = [name for name, is_error in cases.items() if not is_error]
    assert ended == [f"test_it[{each}]" for each in range(len(ended))]
    assert process.returncode != 0
    assert f"tests that had ended by then: {len(ended)}\n" in log
    assert len(cases) == len(ended) + 1
