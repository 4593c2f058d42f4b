"""Which files a runner collects besides what its main imports."""

import fnmatch

from adopt.pytest_arguments import Arguments
from adopt.runners import Runner
from adopt.sources import Source
from adopt.targets import Test

# pytest's own: https://docs.pytest.org/en/stable/reference/reference.html#confval-python_files.
_TEST_FILES = ("test_*.py", "*_test.py")


def is_test_file(path: str) -> bool:
    """Tells whether pytest takes a file for a test module where it looks for them itself."""
    return any(fnmatch.fnmatch(path.rpartition("/")[2], pattern) for pattern in _TEST_FILES)


def collects(runner: Runner, main: Source, test: Test, path: str) -> bool:
    """Tells whether a runner collects a file, or may.

    Args:
        runner: what the main does.
        main: the target's main.
        test: the target.
        path: one of its files, not the main.

    Returns:
        False only where it is certain that the file is not collected.
    """
    arguments = runner.arguments
    if runner.is_own or not runner.runs:
        return False
    if arguments is None or arguments.unknown:
        return True
    given = list(test.rule.args) if arguments.given else []
    if any("$(" in text and ".py" not in text for text in given):
        # The files of a filegroup.
        return True
    words = [*arguments.names, *(word for text in given for word in text.split())]
    if any(names_file(word, path) for word in words):
        return True
    return is_test_file(path) and _is_discovered(arguments, words, main.path.rpartition("/")[0], path)


def _is_discovered(arguments: Arguments, words: list[str], folder: str, path: str) -> bool:
    """Tells whether pytest finds a test file where it looks itself: in the main's folder, or everywhere."""
    if arguments.itself:
        return False
    if arguments.folder:
        return folder == "" or path.startswith(f"{folder}/")
    # Without a file to start from pytest looks for tests itself; other words are values of options.
    return not any(".py" in word for word in words)


def names_file(word: str, path: str) -> bool:
    """Tells whether an argument leads to a file.

    Args:
        word: a path, a node id, a part of a `$(location …)`, or a folder.
        path: the file.

    Returns:
        Whether it is the file, by its last part, or a folder above it in which pytest finds it.
    """
    bare = word.rstrip(")").partition("::")[0].replace(":", "/").rstrip("/")
    if bare.endswith(".py"):
        return bare.rpartition("/")[2] == path.rpartition("/")[2]
    return is_test_file(path) and (bare == "." or f"/{bare.removeprefix('./')}/" in f"/{path}")
