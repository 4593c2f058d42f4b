"""The commands for one test target."""

from collections.abc import Iterator

from adopt.buildozer import value
from adopt.options import Options
from adopt.reach import names_file
from adopt.targets import Test

PY_TEST = "py_test"


def kind_edits(test: Test, function: str, symbol: str) -> Iterator[str]:
    """Makes another function's call one of py_test.

    Args:
        test: the target.
        function: what the BUILD file calls now.
        symbol: what it calls hermetic_pytest's py_test.

    Yields:
        Commands for the target.
    """
    if function != symbol:
        yield f"set kind {symbol}"
    if function != PY_TEST:
        # What a macro gave its target.
        yield " ".join(["set_if_absent srcs", *(src for src in test.rule.srcs if src != test.rule.main)])
        if test.rule.deps:
            yield " ".join(["add deps", *test.rule.deps])


def attribute_edits(test: Test, options: Options) -> Iterator[str]:
    """Takes away what ran the tests before.

    Args:
        test: the target.
        options: the labels to use.

    Yields:
        Commands for the target.
    """
    yield f"add deps {options.conftest}"
    if test.rule.main is not None:
        yield "remove main"
    paths = [source.path for source in test.srcs]
    named = [text for text in test.rule.args if any(names_file(word, path) for word in text.split() for path in paths)]
    if named:
        yield " ".join(["remove args", *(value(text) for text in named)])
    if test.rule.main in test.rule.srcs and test.main is not None and not test.main.tests:
        yield f"remove srcs {test.rule.main}"
