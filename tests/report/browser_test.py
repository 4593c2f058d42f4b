"""The page works in a real browser: by keyboard, light and dark, on a phone, and with hostile texts in it."""

import os
import pathlib
from collections.abc import Iterator

import pytest
from hermetic_pytest.report.model import Case, Report
from hermetic_pytest.report.page import render

from tests.report.browser import Browser, missing_programs
from tests.report.samples import execution, target

pytestmark = pytest.mark.skipif(
    missing_programs() != "",
    reason=f"not on PATH: {missing_programs()}; install Debian's packages chromium and chromium-driver",
)

_EVIL = "</script><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
_LONG = "no_space_in_" * 60


def _report() -> Report:
    long = Case(
        name=f"pkg/long_test.py::{_LONG}", outcome="failed", message=_LONG, details=_LONG, output=((_EVIL, _EVIL),)
    )
    bad = Case(name="pkg/bad_test.py::test_bad", outcome="failed", message="assert 1 == 2", details=_EVIL)
    late = Case(name="pkg/late_test.py::test_late", outcome="error", message="ended by SIGTERM")
    skipped = [Case(name=f"pkg/skip_test.py::test_{n}", outcome="skipped", message="no database") for n in range(3)]
    passed = [Case(name=f"pkg/shard_test.py::test_{n}", outcome="passed", seconds=n / 10) for n in range(20)]
    shards = [execution("PASSED", *passed[n::4], shard=n + 1, start=100.0 + n, seconds=5.0) for n in range(4)]
    flaky = [
        Case(name="pkg/flaky_test.py::test_flaky", outcome=outcome, message="first") for outcome in ("failed", "passed")
    ]
    log = pathlib.Path("/logs/test.log")
    return Report(
        targets=(
            target(
                "//pkg:bad_test", execution("FAILED", bad, long, start=101.0, seconds=9.0, log=log), status="FAILED"
            ),
            target("//pkg:late_test", execution("TIMEOUT", late, start=99.0, seconds=60.0, log=log), status="TIMEOUT"),
            target("//pkg:unbuilt_test", status="FAILED_TO_BUILD", message="no such file"),
            target(
                "//pkg:flaky_test",
                execution("FAILED", flaky[0], start=120.0, seconds=3.0),
                execution("PASSED", flaky[1], start=123.0, seconds=3.0, attempt=2),
                status="FLAKY",
            ),
            target("//pkg:shard_test", *shards),
            target(f"//pkg:{_LONG}", execution("PASSED", *skipped, start=100.0, seconds=1.0)),
        ),
        source="the build events of one bazel test",
        started=99.0,
        notices=("The build events end before the build's end: results may be missing.",),
    )


def _quarantine() -> Report:
    """Makes a report whose tests are in quarantine, of a target with a long label and shards."""
    terms = "server is slow (owner: ann, until 2099-06-30)"
    names = [f"pkg/x_test.py::TestUpload::test_large_file[{n}-{'arm64-' * 9}]" for n in range(4)]
    bad = [Case(name=name, outcome="quarantined", message=f"quarantined: {terms}", quarantine=terms) for name in names]
    shards = [execution("PASSED", case, shard=n + 1, start=100.0 + n, seconds=6.0) for n, case in enumerate(bad)]
    return Report(
        targets=(target(f"//{'services/' * 20}shop:upload_test", *shards),),
        source="the build events of one bazel test",
        started=99.0,
        notices=(),
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_quarantine(browser: Browser, tmp_path: pathlib.Path, width: int) -> None:
    """The section, the buttons and the bars are whole on each device: words are, and the ends of labels."""
    page = tmp_path / "report.html"
    page.write_text(render(_quarantine(), tmp_path), encoding="utf-8")
    browser.open(page, width=width)
    browser.screenshot(_outputs() / f"quarantine-{width}.png")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert len(browser.visible("#quarantined details")) == 4
    assert [each.text for each in browser.visible("#filter button")][3] == "quarantined"
    assert browser.run("Math.max(...[...document.querySelectorAll('#filter button')].map(b => b.offsetHeight))") < 40
    # The end of a text that is cut is within its bar, and its beginning is not.
    labels_found = "[...document.querySelectorAll('#timeline .label')]"
    boxes = f"{labels_found}.map(label => [label, label.firstChild].map(each => each.getBoundingClientRect()))"
    assert browser.run(f"{boxes}.every(([bar, text]) => text.right <= bar.right && text.left < bar.left)")
    labels = browser.run(f"{labels_found}.map(label => label.textContent)")
    assert [label.rpartition(":")[2] for label in labels] == [f"upload_test shard {n} of 4" for n in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A page with something of everything."""
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(render(_report(), file.parent), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for all tests."""
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def _labels(browser: Browser) -> list[str]:
    return [each.text.removeprefix("//pkg:") for each in browser.visible(".target > summary > .key")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_widths(browser: Browser, page: pathlib.Path, width: int, scheme: str) -> None:
    """Nothing is wider than the window, not even with everything open and long words; nothing is complained of."""
    browser.open(page, width=width, scheme=scheme)
    browser.screenshot(_outputs() / f"report-{width}-{scheme}.png")
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.console() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser: Browser, page: pathlib.Path, scheme: str) -> None:
    """Text and background differ as much as WCAG 2.2 asks for (level AA, 4.5 to 1), light and dark."""
    browser.open(page, scheme=scheme)
    pairs = browser.run(_COLOURS)
    assert len(pairs) > 5
    assert [pair for pair in pairs if _contrast(pair["front"], pair["back"]) < 4.5] == []
    assert (_luminance(browser.run(_PAGE_COLOUR)) < 0.1) == (scheme == "dark")


def test_hostile_texts(browser: Browser, page: pathlib.Path) -> None:
    """No text of a test runs or becomes an element."""
    browser.open(page)
    assert browser.run("document.title") == "3 targets failed: test report"
    assert browser.run("document.images.length") == 0
    assert browser.run("[...document.querySelectorAll('pre')].some((each) => each.textContent.includes('</script>'))")


def test_filter_by_keyboard(browser: Browser, page: pathlib.Path) -> None:
    """`/` leads to the filter, words narrow down what is shown, Esc shows everything again."""
    browser.open(page)
    browser.type("/", "SHARD", " test_19")
    assert _labels(browser) == ["shard_test"]
    assert browser.run("document.getElementById('shown').value") == "1 target, 1 test"
    assert [each.is_displayed() for each in browser.visible("#failed, #flaky, #skipped")] == []
    browser.type("ESCAPE")
    assert len(_labels(browser)) == 6
    browser.type("no such words")
    assert browser.run("document.getElementById('shown').value") == "nothing fits"


def test_outcomes_by_keyboard(browser: Browser, page: pathlib.Path) -> None:
    """The outcomes are buttons after the filter, and say which of them is pressed."""
    browser.open(page)
    browser.type("/", "TAB", "TAB", "TAB", "SPACE")
    assert browser.focused() == "flaky"
    assert browser.run("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert _labels(browser) == ["flaky_test"]
    browser.type("TAB", "ENTER")
    assert _labels(browser) == [_LONG]


def test_next_failure(browser: Browser, page: pathlib.Path) -> None:
    """`n` and `p` go from failure to failure and open them; letters in the filter are letters."""
    browser.open(page)
    browser.type("n", "n", "n", "n")
    assert "late_test.py::test_late" in browser.focused()
    browser.type("p")
    assert "//pkg:unbuilt_test" in browser.focused()
    browser.type("n")
    assert "late_test.py::test_late" in browser.focused()
    assert browser.run("document.activeElement.parentElement.open")
    browser.type("/", "pn")
    assert browser.run("document.getElementById('words').value") == "pn"


def test_everything_by_tab(browser: Browser, page: pathlib.Path) -> None:
    """The first stop of the Tab key leads past the failures, and each stop has a ring around it."""
    browser.open(page)
    browser.type("TAB")
    assert browser.focused() == "Skip to the targets"
    browser.type("TAB", "TAB", "TAB")
    assert browser.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_link_to_a_target(browser: Browser, page: pathlib.Path) -> None:
    """A link to a target opens it, also where the filter hides it."""
    browser.open(page)
    browser.type("n", "TAB", "ENTER")
    assert browser.run("new Promise((done) => requestAnimationFrame(() => done(document.getElementById('t0').open)))")
    assert browser.focused().startswith("▾") or "//pkg:bad_test" in browser.focused()


def test_copy(browser: Browser, page: pathlib.Path) -> None:
    """A button beside a command copies it."""
    browser.open(page)
    # The clipboard of a machine without a screen cannot be read: what it is given is.
    browser.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    button = browser.visible("#failed .copy")[0]
    assert button.text == "Copy"
    button.click()
    assert browser.run("window.copied") == "bazel test //pkg:bad_test --test_filter=pkg/bad_test.py::test_bad"
    assert button.text == "Copied"


def test_names_break(browser: Browser, page: pathlib.Path) -> None:
    """A name that is too long for its line ends it after `/`, `::` or `_`; its text is as it was."""
    browser.open(page, width=320)
    name = "document.querySelector('#failed .key')"
    assert browser.run(f"{name}.innerHTML") == "pkg/<wbr>bad_<wbr>test.py::<wbr>test_<wbr>bad"
    assert browser.run(f"{name}.textContent") == "pkg/bad_test.py::test_bad"


def test_end_of_a_label(browser: Browser, page: pathlib.Path) -> None:
    """Where a bar is too short for its label, the label's end is seen."""
    browser.open(page)
    browser.run("document.getElementById('timeline').scrollIntoView()")
    browser.screenshot(_outputs() / "timeline.png")
    labels = "[...document.querySelectorAll('.bar .label')]"
    right = "each.getBoundingClientRect().right + 1 >= each.firstChild.getBoundingClientRect().right"
    assert browser.run(f"{labels}.every((each) => {right})")
    assert browser.run(f"{labels}.some((each) => each.scrollWidth > each.clientWidth)")


def test_without_script(browser: Browser, page: pathlib.Path) -> None:
    """Without JavaScript everything can be read, and no filter pretends to work."""
    browser.open(page, script=False)
    try:
        assert len(_labels(browser)) == 6
        assert browser.visible("#filter") == []
    finally:
        browser.open(page)


_PAGE_COLOUR = "getComputedStyle(document.body).backgroundColor"

# The text's and the nearest background's colour of each kind of element with a text of its own.
_COLOURS = """(() => {
  const seen = new Map();
  for (const each of document.querySelectorAll("body *")) {
    const texts = [...each.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (texts.length === 0 || each.closest("svg, script")) continue;
    let back = each;
    while (back && getComputedStyle(back).backgroundColor === "rgba(0, 0, 0, 0)") back = back.parentElement;
    const pair = { front: getComputedStyle(each).color, back: getComputedStyle(back || document.body).backgroundColor };
    seen.set(JSON.stringify(pair), { ...pair, text: each.textContent.trim().slice(0, 40) });
  }
  return [...seen.values()];
})()"""


def _luminance(colour: str) -> float:
    """Computes WCAG's relative luminance of a colour such as "rgb(1, 2, 3)"."""
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(front: str, back: str) -> float:
    darker, lighter = sorted((_luminance(front), _luminance(back)))
    return (lighter + 0.05) / (darker + 0.05)


def _outputs() -> pathlib.Path:
    """Returns where screenshots are kept for people to look at."""
    return pathlib.Path(os.environ["TEST_UNDECLARED_OUTPUTS_DIR"])
