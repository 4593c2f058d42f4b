"""What a main does, told from its text: whether it runs tests, and whether a failure reaches the exit code."""

import ast
import textwrap

import pytest
from adopt.runners import Runner, read_runner

_TESTS = "def test_a(): pass\n"

_RUNS = {
    "pytest": "import pytest, sys\nif __name__ == '__main__':\n    sys.exit(pytest.main([__file__]))",
    "without guard": "import pytest\nraise SystemExit(pytest.main([__file__]))",
    "renamed": "import pytest as pt, sys\nsys.exit(pt.main())",
    "name": "from pytest import main\nimport sys\nsys.exit(main())",
    "unittest": "import unittest\nif __name__ == '__main__':\n    unittest.main()",
    "absltest": "from absl.testing import absltest\nif '__main__' == __name__:\n    absltest.main()",
    "another runner": "import tensorflow as tf\nif __name__ == '__main__':\n    tf.test.main()",
    "runner of a team": "from team import go\nif __name__ == '__main__':\n    go()",
    "own call": "test_a()",
    "own function": "def main():\n    test_a()\nif __name__ == '__main__':\n    main()",
    "own function without guard": "def run():\n    assert test_a() is None\nrun()",
    "asserts": "assert 1 + 1 == 2",
    "handed to another function": "import pytest\nfrom absl import app\n"
    "def main(_):\n    raise SystemExit(pytest.main())\napp.run(main)",
    "method": "import pytest\nclass A:\n    def go(self):\n        raise SystemExit(pytest.main())\nA().go()",
    "decorated": "import atexit, pytest, sys\n@atexit.register\ndef f():\n    sys.exit(pytest.main())",
    "by name": "import pytest, sys\ndef f():\n    sys.exit(pytest.main())\nglobals()['f']()",
    "other branch": "import unittest\nif __name__ != '__main__':\n    pass\nelse:\n    unittest.main()",
    "guard and more": "import sys, unittest\nif __name__ == '__main__' and sys.path:\n    unittest.main()",
    "subprocess": "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pytest'])",
}

_RUNS_NOTHING = {
    "nothing": "",
    "imports": "import pytest\npytestmark = pytest.mark.slow",
    "settings": "import sys\nsys.path.insert(0, '.')",
    "function that nobody calls": "import unittest\ndef main():\n    print(test_a)",
    "guard that passes": "if __name__ == '__main__':\n    pass",
    "misspelt guard": "import unittest\nif __name__ == 'main':\n    unittest.main()",
    "guard in quotes": "import pytest, sys\nif '__name__' == '__main__':\n    sys.exit(pytest.main([__file__]))",
    "inverted guard": "import unittest\nif __name__ != '__main__':\n    unittest.main()",
    "main that nothing calls": "import pytest, sys\ndef main():\n    sys.exit(pytest.main([__file__]))",
    "main that a misspelt guard calls": "import pytest\ndef main():\n    pytest.main()\n"
    "if __name__ == 'main':\n    main()",
    "main that only itself calls": "import pytest\ndef main():\n    pytest.main()\n    main()",
    "disabled": "import pytest\nif False:\n    pytest.main()",
    "guard that prints": "if __name__ == '__main__':\n    print('ok')",
}

_DROPS = {
    "statement": ("import pytest\nif __name__ == '__main__':\n    pytest.main([__file__])", 4),
    "variable": ("import pytest\ncode = pytest.main([__file__])", 3),
    "printed": ("import pytest\nprint(pytest.main([__file__]))", 3),
    "function": ("import pytest\ndef main():\n    return pytest.main()\nif __name__ == '__main__':\n    main()", 6),
    "unittest": ("import unittest\nunittest.main(exit=False)", 3),
    "renamed": ("import _pytest.config as config\nconfig.main()", 3),
}

_PASSES_ON = {
    "variable": "import pytest, sys\ncode = pytest.main([__file__])\nsys.exit(code)",
    "function": "import pytest, sys\ndef main():\n    return pytest.main()\nsys.exit(main())",
    "functions": "import pytest\ndef a():\n    return pytest.main()\ndef b():\n    return a()\nraise SystemExit(b())",
    "condition": "import pytest\nif pytest.main() != 0:\n    raise SystemExit(1)",
    "unittest": "import sys, unittest\nsys.exit(not unittest.main(exit=False).result.wasSuccessful())",
    "int": "import pytest, sys\nsys.exit(int(pytest.main()))",
}


def _read(text: str) -> Runner:
    return read_runner(ast.parse(_TESTS + textwrap.dedent(text)))


@pytest.mark.parametrize("text", _RUNS.values(), ids=_RUNS)
def test_runs(text: str) -> None:
    """A call of a runner counts, and so does what may be one."""
    assert _read(text).runs
    assert _read(text).dropped is None


@pytest.mark.parametrize("text", _RUNS_NOTHING.values(), ids=_RUNS_NOTHING)
def test_runs_nothing(text: str) -> None:
    """A script that only defines tests runs none."""
    assert not _read(text).runs


def test_guard() -> None:
    """Whether there is a guard is told, for a person to find it."""
    assert _read(_RUNS_NOTHING["guard that passes"]).has_guard
    assert not _read(_RUNS_NOTHING["imports"]).has_guard
    assert not _read("mode = 'x'\nif mode == '__main__':\n    pass").has_guard


def test_why_not() -> None:
    """A guard that is never true, and a function that nothing calls, are named."""
    assert _read(_RUNS_NOTHING["misspelt guard"]).dead_guard == "__name__ == 'main'"
    assert _read(_RUNS_NOTHING["main that nothing calls"]).uncalled == "main"
    assert _read(_RUNS_NOTHING["nothing"]) == Runner(runs=False, has_guard=False)


@pytest.mark.parametrize(("text", "line"), _DROPS.values(), ids=_DROPS)
def test_drops_the_exit_code(text: str, line: int) -> None:
    """An exit code that nobody looks at is found, with the line of the call."""
    assert _read(text).dropped == line


@pytest.mark.parametrize("text", _PASSES_ON.values(), ids=_PASSES_ON)
def test_passes_on_the_exit_code(text: str) -> None:
    """An exit code that is used in some way is passed on."""
    runner = _read(text)
    assert runner.runs
    assert runner.dropped is None
