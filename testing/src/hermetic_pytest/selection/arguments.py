"""Reads which tests the arguments of a run ask for, as bare pytest does and as editors spell it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hermetic_pytest.selection.lines import split_line
from hermetic_pytest.selection.name_forms import tidied
from hermetic_pytest.selection.own_files import OwnFiles


@dataclass(frozen=True)
class AskedFor:
    """What a run is asked to run.

    Attributes:
        nodes: what pytest is to collect, as its positional arguments: the files' paths, perhaps with `::` and names.
        names: the names of the tests to keep of these, as in --test_filter; all are kept where there is none.
    """

    nodes: tuple[str, ...]
    names: tuple[str, ...] = ()


def read_arguments(label: str, words: Sequence[str], files: OwnFiles) -> AskedFor:
    """Reads the positional arguments of a run.

    Args:
        label: the target's label, for errors.
        words: the arguments: paths of the target's test files or of folders above them, in the runfiles or in the
            source tree, with `::` and names or a line after them; names of tests, such as `TestA.test_b`. What else
            the target has among its runfiles, a data file in `args` for example, does not choose tests.
        files: the target's test files.

    Returns:
        What they ask for; all test files without a word that chooses.

    Raises:
        ValueError: a word can mean no test of the target; says why.
    """
    nodes, names = list[str](), list[str]()
    for word in words:
        head, separator, rest = word.partition("::")
        path, line = split_line(head)
        found = files.find(path) if path else []
        if found and line is None:
            nodes += [file + separator + rest for file in found]
        elif found:
            names += [f"{file}:{line}" for file in found]
        elif separator or not files.is_declared(path):
            (nodes if _is_path(path) else names).append(_checked(label, word, path, files))
    if names:
        return AskedFor(files.all, (*nodes, *names))
    return AskedFor(tuple(nodes) or files.all)


def _is_path(word: str) -> bool:
    base = word.partition("[")[0]
    return "/" in base or base.endswith(".py")


def _checked(label: str, word: str, path: str, files: OwnFiles) -> str:
    if _is_path(path):
        if files.exists(path):
            raise ValueError(
                f"{label} got the argument {word!r}, which is no test file of the target, expected one of "
                f"{files.names}, or the name of a test; run the target that has the file in srcs"
            )
        # pytest says that there is no such file.
        return word
    try:
        return tidied(word)
    except ValueError as error:
        reason, fix = error.args
        raise ValueError(f"{label} got the argument {word!r}: {reason}, expected the name of a test; {fix}") from error
