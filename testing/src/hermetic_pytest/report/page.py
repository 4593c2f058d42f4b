"""Renders a report as one HTML file that needs nothing else: no network, no file, and no JavaScript to be read."""

import base64
import hashlib
import os
import pathlib
import urllib.parse

import jinja2
from markupsafe import Markup

from hermetic_pytest.report.model import Report
from hermetic_pytest.report.part_names import part_name
from hermetic_pytest.report.timeline import make_timeline
from hermetic_pytest.report.view import make_view
from hermetic_pytest.report.words import clock_time, duration, iso_time, plural, rerun_command, status_words

_TEMPLATES = pathlib.Path(__file__).parent / "templates"


def render(report: Report, folder: pathlib.Path) -> str:
    """Renders the page.

    Args:
        report: what it tells.
        folder: where the page will be; links to logs start there, so that the folder of both can be moved.

    Returns:
        The HTML text.
    """
    environment = _environment(folder.resolve())
    style, script = (_source(name) for name in ("page.css", "page.js"))
    return environment.get_template("page.html.j2").render(
        report=report,
        view=make_view(report.targets),
        timeline=make_timeline(report.targets, report.started),
        # Whatever a test printed, a browser runs and shows nothing but these two.
        policy="default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'",
        style=style,
        script=script,
    )


def _environment(folder: pathlib.Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for word in (clock_time, duration, iso_time, plural, rerun_command, status_words):
        environment.filters[word.__name__] = word
    environment.filters["link"] = lambda file: _link(file, folder)
    environment.globals["part_name"] = part_name
    return environment


def _link(file: pathlib.Path, folder: pathlib.Path) -> str:
    # As bytes: a file's name need not be UTF-8.
    return urllib.parse.quote(os.fsencode(pathlib.PurePath(os.path.relpath(file.resolve(), folder)).as_posix()))


def _source(name: str) -> Markup:
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # the project's own file


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
