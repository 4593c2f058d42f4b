"""The names by which --test_filter can ask for a test."""

import re
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class ItemName:
    """What a test is called.

    Attributes:
        path: its file, relative to pytest's rootdir, with "/".
        chain: the names of its classes and its own, without parameters.
        parameters: its parameters with their brackets, empty without any.
    """

    path: str
    chain: tuple[str, ...]
    parameters: str

    @classmethod
    def of(cls, item: pytest.Item) -> "ItemName":
        """Names a collected test.

        Args:
            item: the test.

        Returns:
            The name.
        """
        path, chain = item.nodeid.split("::")[0], list[str]()
        for node in item.listchain()[:-1]:
            if isinstance(node, pytest.File):
                path, chain = node.nodeid, []
            else:
                chain.append(node.name)
        own = item.originalname if isinstance(item, pytest.Function) else item.name
        return cls(path, (*chain, own), item.name.removeprefix(own))

    def is_called(self, text: str) -> bool:
        """Tells whether a text is the end of the test's name, taken literally.

        Args:
            text: the text; it must begin where a component of the name does.

        Returns:
            Whether it is.
        """
        return any(self._ends(base, text) for base in self._bases())

    def matches(self, pattern: "NamePattern") -> bool:
        """Tells whether a pattern is a part of the test's name.

        Args:
            pattern: the pattern.

        Returns:
            Whether it is.
        """
        return pattern.matches(self._bases(), self.parameters)

    def _bases(self) -> tuple[str, str]:
        module = self.path.removesuffix(".py").replace("/", ".")
        return "::".join([self.path, *self.chain]), ".".join([module, *self.chain])

    def _ends(self, base: str, text: str) -> bool:
        start = len(base) + len(self.parameters) - len(text)
        return (base + self.parameters).endswith(text) and (
            start == 0 or base[:start].endswith(("/", "::") if "::" in base else ".")
        )


class NamePattern:
    """A part of a name, in which `*` and `?` stand for other characters."""

    def __init__(self, text: str) -> None:
        """Reads the pattern.

        Args:
            text: the pattern, with parameters in brackets for one test of a parametrised function.
        """
        base, bracket, parameters = text.partition("[")
        self._node_id = _part(base, "::|/", is_end=bool(bracket))
        self._dotted = _part(base, r"\.", is_end=bool(bracket))
        self._parameters = re.compile(_parameters(bracket + parameters) if bracket else ".*", re.DOTALL)

    def matches(self, bases: tuple[str, str], parameters: str) -> bool:
        """Tells whether a test has the part in its name.

        Args:
            bases: the test's node id and its dotted name, without parameters.
            parameters: its parameters with their brackets.

        Returns:
            Whether it has.
        """
        node_id, dotted = bases
        found = self._node_id.search(node_id) or self._dotted.search(dotted)
        return found is not None and self._parameters.fullmatch(parameters) is not None


def _part(base: str, separator: str, *, is_end: bool) -> re.Pattern[str]:
    """Compiles a pattern for whole components of a name; what has parameters is the end of one."""
    after = r"\Z" if is_end else rf"(?={separator}|\Z)"
    return re.compile(rf"(?:\A|{separator}){_glob(base)}{after}", re.DOTALL)


def _parameters(text: str) -> str:
    """Compiles parameters also as pytest has them in ids, where characters beyond ASCII are escaped."""
    escaped = text.encode("unicode_escape").decode()
    return _glob(text) if text.isascii() else f"{_glob(text)}|{_glob(escaped)}"


def _glob(text: str) -> str:
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")
