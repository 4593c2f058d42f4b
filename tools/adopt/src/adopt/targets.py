"""The test targets of a repository, with their files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from adopt import labels
from adopt.rules import Rule
from adopt.sources import Source, Sources, is_imported

# The rule that writes the main of hermetic_pytest's py_test, and what that adds to a target's name.
_HERMETIC_KIND = "pytest_main"
_HERMETIC_SUFFIX = ".main"

# pytest takes these for what they are, and never for tests.
_SURROUNDINGS = ("conftest.py", "__init__.py")


@dataclass(frozen=True)
class Test:
    """A test target.

    Attributes:
        rule: the target.
        main: what it runs; None where the build makes it, or another repository has it.
        srcs: its Python files that can be read.
        is_hermetic: whether it is hermetic_pytest's, which collects exactly its srcs.
    """

    __test__ = False

    rule: Rule
    main: Source | None
    srcs: tuple[Source, ...]
    is_hermetic: bool


class Targets:
    """All targets that the query gave."""

    def __init__(self, rules: Iterable[Rule], sources: Sources) -> None:
        """Takes the targets.

        Args:
            rules: the targets that rules make.
            sources: the repository's files.
        """
        self.sources = sources
        self.rules = {rule.label: rule for rule in rules}

    @cached_property
    def tests(self) -> list[Test]:
        """The test targets that have Python files, in the order of their labels."""
        found = [self._test(self.rules[label]) for label in sorted(self.rules) if self.rules[label].is_test]
        return [test for test in found if any(label.endswith(".py") for label in test.rule.srcs) or test.srcs]

    @cached_property
    def users(self) -> dict[str, list[Test]]:
        """The tests that depend on each library, through others too."""
        found: dict[str, list[Test]] = {}
        for test in self.tests:
            for label in self.libraries(test.rule):
                found.setdefault(label, []).append(test)
        return found

    def files(self, srcs: Iterable[str]) -> list[Source]:
        """Returns the readable Python files of labels, also by way of filegroups."""
        found = (self.sources.get(path) for path in self._paths(srcs, set()))
        return [source for source in found if source is not None]

    def libraries(self, rule: Rule) -> set[str]:
        """Returns the labels that a target depends on, through others too, as far as the query gave them."""
        found: set[str] = set()
        pending = list(rule.deps)
        while pending:
            label = pending.pop()
            if label in self.rules and label not in found:
                found.add(label)
                pending += self.rules[label].deps
        return found

    def reached_by_import(self, start: Iterable[Source], rule: Rule) -> set[str]:
        """Returns the paths of a target's files that some of them import, through others too."""
        known = {source.path: source for source in self.files(rule.srcs)}
        for label in self.libraries(rule):
            known |= {source.path: source for source in self.files(self.rules[label].srcs)}
        pending = list(start)
        found: set[str] = set()
        while pending:
            imports = pending.pop().imports
            new = [path for path in known if path not in found and is_imported(path, imports)]
            found.update(new)
            pending += [known[path] for path in new]
        return found

    def _paths(self, srcs: Iterable[str], entered: set[str]) -> Iterator[str]:
        for label in srcs:
            rule = self.rules.get(label)
            path = labels.path(label)
            if rule is not None and label not in entered:
                entered.add(label)
                yield from self._paths(rule.srcs, entered)
            elif rule is None and path is not None:
                yield path

    def _test(self, rule: Rule) -> Test:
        maker = self.rules.get(f"{rule.label}{_HERMETIC_SUFFIX}")
        srcs = [source for source in self.files(rule.srcs) if source.path.rpartition("/")[2] not in _SURROUNDINGS]
        is_hermetic = maker is not None and maker.kind == _HERMETIC_KIND
        return Test(rule, None if is_hermetic else self._main(rule, srcs), tuple(srcs), is_hermetic)

    def _main(self, rule: Rule, srcs: list[Source]) -> Source | None:
        """Finds the main as the rules do: the attribute, or else the source with the target's name, or the only one."""
        if rule.is_module or not rule.has_main:
            return None
        if rule.main is not None:
            path = labels.path(rule.main)
            return None if path is None else self.sources.get(path)
        name = f"/{labels.name(rule.label)}.py"
        named = [source for source in srcs if f"/{source.path}".endswith(name)]
        chosen = named or (srcs if len(rule.srcs) == 1 else [])
        return chosen[0] if len(chosen) == 1 else None
