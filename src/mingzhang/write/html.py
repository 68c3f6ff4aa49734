"""HTML: one self-contained, accessible page that needs no network and opens the derivation of every figure."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from mingzhang.documents import Document, Explanation
from mingzhang.write.html_explanations import explanation_data
from mingzhang.write.html_view import View, data_block

TEMPLATES = Path(__file__).parent / "templates"


def write_html(
    document: Document,
    path: Path,
    explanations: Mapping[str, Explanation] | None = None,
    charts: Mapping[str, str] | None = None,
) -> None:
    """Write a document as one page.

    `explanations` are by coordinate; a figure with one becomes a button that opens it. `charts` are charts already
    drawn: name → SVG. The same input gives the same bytes.
    """
    path.write_text(html_text(document, explanations, charts), encoding="utf-8", newline="\n")


def html_text(
    document: Document,
    explanations: Mapping[str, Explanation] | None = None,
    charts: Mapping[str, str] | None = None,
) -> str:
    """The text of that page."""
    known = explanations or {}
    numbers = _numbers(known)
    style, script = _read("report.css"), _read("shared/reading.js") + _read("report.js")
    return _template("report.html").render(
        view=View(document, numbers, charts or {}),
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        explanations=data_block(explanation_data(known, numbers, document.metadata.year)),
    )


def fragment(document: Document, explanations: Mapping[str, Explanation]) -> tuple[str, str]:
    """The report to stand inside another page, and its explanations as JSON.

    The fragment is the contents (`nav.contents`) and the text (`article.report`); a figure is a button whose `data-at`
    is the place of its explanation in the list.
    """
    numbers = _numbers(explanations)
    text = _template("fragment.html").render(view=View(document, numbers, {}))
    data = explanation_data(explanations, numbers, document.metadata.year)
    return text, json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _numbers(explanations: Mapping[str, Explanation]) -> dict[str, int]:
    return {coordinate: number for number, coordinate in enumerate(explanations)}


def _policy(style: str, script: str) -> str:
    """A content security policy: nothing is loaded, only this style and this script count."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
