"""The reference is what the code says of itself."""

import pathlib
import re

import pytest

from tests.documentation.pages import text
from tools.api import public_targets, pytest_names, symbols, textproto, update
from tools.api.page import item, make_page


def test_page() -> None:
    """The page is up to date."""
    assert text("api.md") == make_page(), "docs/api.md is not what the code says: run `bazel run //docs:update_api`"


def test_characters() -> None:
    """No character of the page is a byte of another one: such bytes are 80 to BF in hexadecimal."""
    assert re.findall("[\x80-\xbf]", text("api.md")) == []


def test_textproto() -> None:
    """Messages, repeated fields and escapes are read."""
    written = 'a {\n  b: "\\"\\\'\\n"\n  b: true\n}\na {\n}\n'
    assert textproto.read(written) == {"a": [{"b": ["\"'\n", "true"]}, {}]}


@pytest.mark.parametrize(
    ("escapes", "meant"),
    [
        pytest.param("\\303\\242\\302\\200\\302\\246", "…", id="bytes as characters, as Bazel 7 writes them"),
        pytest.param("\\342\\200\\246", "…", id="characters"),
        pytest.param("\\303\\244", "ä", id="a character that is a byte, too"),
    ],
)
def test_text(escapes: str, meant: str) -> None:
    """Text other than ASCII is read however a Bazel writes it."""
    assert textproto.read(f'a: "{escapes}"') == {"a": [meant]}


def test_functions_and_tags() -> None:
    """A function's last parameter takes all others; a tag has the documentation of its extension, too."""
    module = textproto.read(
        """\
func_info {
  function_name: "struct.make"
  doc_string: "Makes."
  parameter {
    name: "kwargs"
    doc_string: "the rest."
  }
  return {
    doc_string: "a thing."
  }
}
module_extension_info {
  extension_name: "extension"
  doc_string: "Extends."
  tag_class {
    tag_name: "tag"
    doc_string: "Tags."
  }
}
"""
    )
    kwargs = symbols.Parameter("**kwargs", default="", required=False, doc="the rest.")
    assert symbols.find_symbols(module) == [
        symbols.Symbol("struct.make", "struct", False, "Makes.", (kwargs,), "a thing."),
        symbols.Symbol("extension.tag", "extension", True, "Extends.\n\nTags.", (), ""),
    ]


def test_undocumented_function() -> None:
    """A public function without a docstring is an error."""
    module = textproto.read('func_info {\n  function_name: "make"\n}')
    with pytest.raises(ValueError, match=r"^make has no documentation, expected a docstring or doc = "):
        symbols.find_symbols(module)


def test_other_declarations() -> None:
    """A declaration that the page has no place for is an error."""
    module = textproto.read('file: "//a:b.bzl"\nrule_info {\n}')
    with pytest.raises(ValueError, match=r"^//a:b\.bzl has rule_info, expected functions and module extensions: let "):
        symbols.find_symbols(module)


def test_targets() -> None:
    """Public targets have the comment above them; others are left out."""
    found = public_targets.find_targets(
        'x = 1\n\n# One,\n# two.\nflag(\n    name = "a",\n    build_setting_default = True,\n)\n\n'
        'rule(name = "b", visibility = [])\n'
    )
    assert found == [public_targets.Target(name="a", rule="flag", doc="One, two.", default="True")]


def test_target_without_comment() -> None:
    """A public target without a comment is an error."""
    with pytest.raises(ValueError, match=r"^target 'a' is public and has no comment, expected one above it: say there"):
        public_targets.find_targets('rule(name = "a")')


def test_names(pytestconfig: pytest.Config) -> None:
    """Each marker of the page is one that pytest knows, and each setting, too."""
    root = pathlib.Path(__file__).parents[2] / "testing"
    names = pytest_names.find_names(root / "conftest.py", root / "src/hermetic_pytest")
    known = [line.partition(": ")[0] for line in pytestconfig.getini("markers")]
    assert [name.name for name in names if name.kind == "marker" and name.name not in known] == []
    settings = {name.name: pytestconfig.getini(name.name) for name in names if name.kind == "setting"}
    assert settings == {"anyio_mode": "auto", "allow_unawaited_tests": False}
    assert all(name.doc for name in names)


def test_item() -> None:
    """The lines of an item are as long as the page is wide, and indented."""
    folded = item("word " * 40 + "\n\nsecond")
    assert max(map(len, folded.splitlines())) <= 120
    assert folded.endswith("word\n\n  second")


def test_update(tmp_path: pathlib.Path) -> None:
    """The program writes the page into the workspace."""
    (tmp_path / "docs").mkdir()
    assert update.main([], {"BUILD_WORKSPACE_DIRECTORY": str(tmp_path)}) == 0
    assert (tmp_path / "docs/api.md").read_text(encoding="utf-8") == make_page()


def test_update_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    """Outside `bazel run` the program says how to start it."""
    assert update.main(["x"], {}) == 2
    assert capsys.readouterr().err == (
        "update_api got the arguments ['x'] and BUILD_WORKSPACE_DIRECTORY=None, expected no argument "
        "under `bazel run`: start it by `bazel run //docs:update_api`\n"
    )
