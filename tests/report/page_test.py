"""The page tells all, needs nothing but itself, and is not harmed by what tests print."""

import html.parser
import pathlib
import re

import pytest
from hermetic_pytest.report.model import Case, Report, Target
from hermetic_pytest.report.page import render

from tests.report.samples import execution, target

_EVIL = "</script></style></pre><script>alert(1)</script><img src=x onerror=alert(1)> \"' & {{ 7 * 7 }} {% raw %}"


class _Elements(html.parser.HTMLParser):
    """What a browser makes of a page: its elements, and its text outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._raw = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._raw = tag in ("script", "style")

    def handle_endtag(self, _tag: str) -> None:
        self._raw = False
        self.text += " "

    def handle_data(self, data: str) -> None:
        if not self._raw:
            self.text += data


def _page(*targets: Target, folder: str = "/logs", **more: object) -> str:
    return render(Report(targets=targets, source="a test", **more), pathlib.Path(folder))  # type: ignore[arg-type]  # any field


@pytest.fixture
def evil() -> Target:
    """A target in which everything that comes from a test is an attack."""
    case = Case(
        name=_EVIL,
        outcome="failed",
        message=_EVIL,
        details=_EVIL + "x",
        output=((_EVIL, _EVIL),),
        reruns=(_EVIL,),
    )
    skip = Case(name=_EVIL + "s", outcome="skipped", message=_EVIL)
    log = pathlib.Path('/logs/a"><script>/test.log')
    bad = execution("FAILED", case, skip, start=1.0, seconds=9.0, log=log, problem=_EVIL, log_tail=_EVIL)
    return target(_EVIL, bad, execution("UNKNOWN", problem=_EVIL, log_tail=_EVIL, shard=2), status=_EVIL, message=_EVIL)


def test_escaping(evil: Target) -> None:
    """What tests print is text wherever it is shown; the only style and script are the page's own."""
    elements = _Elements(_page(evil, target(_EVIL, status="FAILED", message=_EVIL), notices=(_EVIL,)))
    names = [tag for tag, _ in elements.tags]
    assert (names.count("script"), names.count("style"), names.count("img")) == (1, 1, 0)
    assert not [attributes for _, attributes in elements.tags if any(name.startswith("on") for name in attributes)]
    assert elements.text.count(_EVIL) > 10


def test_policy() -> None:
    """The page forbids the browser all but its own style and script, whatever else gets into it."""
    (policy,) = (dict(a)["content"] for tag, a in _Elements(_page()).tags if "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; ")
    assert re.findall(r"(\S+)-src 'sha256-[\w+/]{43}='", policy) == ["style", "script"]


def test_self_contained(evil: Target) -> None:
    """The page refers to nothing but itself and the logs."""
    for _, attributes in _Elements(_page(evil)).tags:
        assert "src" not in attributes
        href = attributes.get("href") or "#"
        assert href.startswith(("#", "data:,")) or href.endswith("/test.log")


def test_links() -> None:
    """Links to logs start at the page, so that the folder of both can be moved."""
    log = pathlib.Path("/logs/pkg/with space#/test.log")
    one = target("//a:b", execution("FAILED", log=log), status="FAILED")
    assert 'href="pkg/with%20space%23/test.log"' in _page(one)
    assert 'href="../logs/pkg/with%20space%23/test.log"' in _page(one, folder="/out")
    odd = target("//a:b", execution("FAILED", log=pathlib.Path("/logs/\udcff/test.log")), status="FAILED")
    assert 'href="%FF/test.log"' in _page(odd)


def test_text() -> None:
    """All that the page tells is there without JavaScript."""
    failed = Case(
        name="x.py::test_a", outcome="failed", message="why", details="Traceback", output=(("Out", "printed"),)
    )
    skipped = Case(name="x.py::test_s", outcome="skipped", message="no database")
    text = _Elements(
        _page(
            target("//a:bad", execution("FAILED", failed, skipped, start=1.0, seconds=2.0), status="FAILED"),
            target("//a:good", execution(cached=True)),
            target("//a:unbuilt", status="FAILED_TO_BUILD", message="no such file"),
            target("//a:killed", execution("UNKNOWN", problem="no test.xml", log_tail="Killed"), status="UNKNOWN"),
            started=1.0,
            notices=("cut off",),
        )
    ).text
    words = " ".join(text.split())
    for part in (
        "3 of 4 targets failed",
        "2 tests: 1 failed, 1 skipped",
        "bazel test //a:bad --test_filter=x.py::test_a",
        "why Traceback Out printed",
        "//a:good no tests, cached",
        "no such file",
        "no test.xml End of its log Killed",
        "skipped no database 1 test",
        "1 execution in 2.0 s, at most 1 at once. Not shown: 2 that are older or cached, or did not run.",
        "cut off",
    ):
        assert part in words


def test_all_passed() -> None:
    """A run without failures says so, and has no empty sections."""
    page = _page(target("//a:b", execution("PASSED", Case(name="test", outcome="passed"))))
    assert "<h1>All 1 target passed</h1>" in page
    assert "<title>All targets passed: test report</title>" in page
    assert [f'id="{each}"' in page for each in ("failed", "flaky", "skipped", "timeline")] == [False] * 4


def test_quarantine() -> None:
    """Failures in quarantine have a section with their texts; where there is none, there is no button for them."""
    failed = Case(
        name="b", outcome="quarantined", message="quarantined: slow", details="its traceback", quarantine="slow"
    )
    passed = Case(name="a", outcome="passed", quarantine="slow")
    text = _page(target("//a:b", execution("PASSED", passed, failed)))
    section = text[text.index('<section id="quarantined">') : text.index('<section id="targets">')]
    assert (
        section.index("quarantined: slow")
        < section.index("its traceback")
        < section.index("passed in quarantine: slow")
    )
    assert "All 1 target passed" in text
    assert 'data-show="quarantined"' in text
    assert 'data-show="quarantined"' not in _page(target("//a:b", execution("PASSED")))


def test_messages_once() -> None:
    """A message that its traceback repeats is not shown twice."""
    case = Case(name="t", outcome="failed", message="assert 1\n more", details="E  assert 1\nE   more")
    assert 'class="message"' not in _page(target("//a:b", execution("FAILED", case), status="FAILED"))


def test_many_executions_at_once() -> None:
    """Where hundreds ran at once the timeline stays of a size that can be read."""
    shards = [execution(start=1.0, seconds=5.0, shard=number) for number in range(1, 201)]
    height = re.search(r'<svg width="100%" height="(\d+)"', _page(target("//a:b", *shards)))
    assert height is not None
    assert int(height[1]) == 200 * 6 + 24
