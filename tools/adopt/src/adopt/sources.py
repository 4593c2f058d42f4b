"""The Python files of a repository, each parsed once."""

import ast
import pathlib
import sys
from dataclasses import dataclass, field

from adopt.python_code import TestFunction, find_imports, find_tests

# So many files pass before the user hears of it again.
_STEP = 500


@dataclass(frozen=True)
class Source:
    """One file.

    Attributes:
        path: below the workspace's root.
        tree: its syntax.
        tests: the tests in it.
        imports: the modules that it may import.
    """

    path: str
    tree: ast.Module
    tests: tuple[TestFunction, ...]
    imports: frozenset[str]

    @property
    def first_test(self) -> str:
        """The file and the line of its first test, or of its start."""
        return f"{self.path}:{self.tests[0].line if self.tests else 1}"


@dataclass
class Sources:
    """All files that were asked for.

    Attributes:
        workspace: the repository's root.
        unread: why a file could not be read or parsed, by its path and line.
    """

    workspace: pathlib.Path
    unread: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Source | None] = field(default_factory=dict)

    def get(self, path: str) -> Source | None:
        """Reads a file.

        Args:
            path: below the workspace's root.

        Returns:
            The file; None if it is no Python, is not there (the build makes it), or cannot be parsed.
        """
        if path not in self._known:
            self._known[path] = self._parse(path) if path.endswith(".py") else None
            if len(self._known) % _STEP == 0:
                print(f"adopt: {len(self._known)} files read", file=sys.stderr)
        return self._known[path]

    def _parse(self, path: str) -> Source | None:
        file = self.workspace / path
        if not file.is_file():
            return None
        try:
            # The bytes, for the file itself says how they are encoded.
            tree = ast.parse(file.read_bytes())
        except SyntaxError as error:
            self.unread[f"{path}:{error.lineno or 1}"] = error.msg
        except (OSError, ValueError) as error:
            self.unread[f"{path}:1"] = str(error)
        else:
            imports = find_imports(tree, tuple(path.split("/")[:-1]))
            return Source(path, tree, tuple(find_tests(tree)), frozenset(imports))
        return None


def is_imported(path: str, imports: frozenset[str]) -> bool:
    """Tells whether some import may lead to a file.

    Args:
        path: the file.
        imports: dotted names.

    Returns:
        Whether one of them is the file's name in full, or what is left of it below a folder of `imports`.
    """
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    return any(".".join(parts[start:]) in imports for start in range(len(parts)))
