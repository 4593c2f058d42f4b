"""A run imports rewritten tests where pytest would rewrite them in the same way."""

import pathlib
import sys

import pytest
from hermetic_pytest.startup.assert_rewriting.importer import RewrittenImporter
from hermetic_pytest.startup.assert_rewriting.plugin import RewrittenTests
from hermetic_pytest.startup.assert_rewriting.rewrite import rewrite
from hermetic_pytest.startup.assert_rewriting.rewritten_modules import format_modules

_SOURCE = b"def test_it():\n    assert type(__spec__.loader).__name__ == 'none'\n"


@pytest.fixture
def plugin(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> RewrittenTests:
    """The plugin of a run whose test file the build has rewritten."""
    monkeypatch.setattr(sys, "path_hooks", sys.path_hooks.copy())
    (pytester.path / "test_it.py").write_bytes(_SOURCE)
    pyc = rewrite(_SOURCE, "test_it.py")
    assert pyc is not None
    (pytester.path / "rewritten").write_bytes(format_modules(pytest.__version__, {"test_it.py": pyc}))
    return RewrittenTests(RewrittenImporter(pytester.path), [pathlib.Path("rewritten")])


@pytest.mark.parametrize(
    ("arguments", "is_rewritten_one"),
    [
        ((), True),
        # pytest then has each assert that holds told to a hook, and rewrites it for that.
        (("--override-ini=enable_assertion_pass_hook=true",), False),
        (("--assert=plain",), False),
    ],
    ids=["usual", "pass hook", "plain"],
)
@pytest.mark.parametrize("mode", ["importlib", "prepend"])
def test_import(
    pytester: pytest.Pytester, plugin: RewrittenTests, arguments: tuple[str, ...], is_rewritten_one: bool, mode: str
) -> None:
    """The build's modules are for runs that rewrite, and rewrite as usual."""
    result = pytester.inline_run(f"--import-mode={mode}", *arguments, plugins=[plugin])
    (report,) = result.getfailures()
    message = report.longreprtext
    assert ("assert '_RewrittenLoader' == 'none'" in message) is is_rewritten_one, message
