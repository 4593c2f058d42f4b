"""What a test left for Bazel to keep is found beside its log."""

import pathlib

from tests.report.samples import Workspace, case


def test_files(tmp_path: pathlib.Path) -> None:
    """Files, notes on them and warnings are linked from the page."""
    workspace = Workspace(tmp_path)
    workspace.ran("//b:bad", case("test_b", '<failure message="m">text</failure>'))
    workspace.write("b/bad/test.outputs/shots/a b.png", "x")
    workspace.write("b/bad/test.outputs_manifest/ANNOTATIONS", "shots/a b.png\tas <it> was\n")
    workspace.write("b/bad/test.warnings", "x.py:1: UserWarning: w\n")
    page = workspace.page()
    assert '<a href="b/bad/test.outputs/shots/a%20b.png">a b.png</a> as &lt;it&gt; was</span>' in page
    assert '<a href="b/bad/test.warnings">warnings</a>' in page


def test_archive(tmp_path: pathlib.Path) -> None:
    """Where Bazel made an archive, that has all notes."""
    workspace = Workspace(tmp_path)
    workspace.ran("//b:good", case("test_b"))
    workspace.write("b/good/test.outputs/outputs.zip", "x")
    workspace.write("b/good/test.outputs_manifest/ANNOTATIONS", "a.png\tone\nb.png\ttwo\n")
    assert '<a href="b/good/test.outputs/outputs.zip">outputs.zip</a> a.png: one; b.png: two</span>' in workspace.page()


def test_many_files(tmp_path: pathlib.Path) -> None:
    """Of many files the first ones are listed; the folder has all."""
    workspace = Workspace(tmp_path)
    workspace.ran("//b:good", case("test_b"))
    for number in range(103):
        workspace.write(f"b/good/test.outputs/{number}", "x")
    page = workspace.page()
    assert page.count('class="output"') == 101
    assert '<a href="b/good/test.outputs">test.outputs</a> 3 more files</span>' in page
