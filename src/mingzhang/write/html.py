"""HTML: one self-contained, accessible page that needs no network and opens the derivation of every figure."""

from __future__ import annotations

import base64
import hashlib
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
    known = explanations or {}
    numbers = {coordinate: number for number, coordinate in enumerate(known)}
    view = View(document, numbers, charts or {})
    style, script = _read("report.css"), _read("report.js")
    page = _template().render(
        view=view,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        explanations=data_block(explanation_data(known, numbers, document.metadata.year)),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


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


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
