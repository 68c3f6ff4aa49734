"""A walk through the portal as everybody who logs in, and as the public: nothing breaks, nothing shifts, nothing is left untranslated."""

from __future__ import annotations

import pytest
from crawl import MOST_SHIFT, SHIFT, visited
from served import PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = 16
"""So many pages a role."""
ALLOWED = {
    "Mingzhang",
    "OpenAPI",
    "PDF",
    "Word",
    "Excel",
    "JSON",
    "CSV",
    "XLSX",
    "DOCX",
    "HTML",
    "API",
    "SM3",
    "SHA-256",
    "IP",
    "CC",
    "BY",
}
"""Names of formats and the like that Chinese keeps."""
ENGLISH = """allowed => {
  const found = new Set();
  const left = 'code, pre, kbd, script, style, svg, textarea, [lang=en], .code, .code-line, .swagger-ui';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), holder = walker.currentNode.parentElement;
    if (!text || holder.closest(left)) continue;
    for (const phrase of text.match(/[A-Za-z]{2,}(?: [A-Za-z]{2,})+/g) || []) found.add(phrase);
    if (holder.matches('button, label, legend, th, h1, h2, h3, dt, summary, option') && /^[A-Za-z]{2,}$/.test(text)) found.add(text);
  }
  return [...found].filter(words => !words.split(' ').every(word => allowed.includes(word)));
}"""
"""English in what a page says: words beside each other anywhere, a single one where a label stands; codes left out."""


@pytest.mark.parametrize("role", ["", *PEOPLE])
def test_a_walk_meets_nothing_wrong(portal, role):
    """No error of a script, no refused or broken request, no shifting layout, no English among the Chinese."""
    portal.complaints.clear()
    page = portal.page(role)
    faults = []
    page.on(
        "response", lambda answer: answer.status >= 400 and faults.append(f"{answer.status} {answer.url}")
    )
    start = "" if role else f"{portal.address}/"
    for address, _ in visited(page, portal, start, most=PAGES):
        where = address.removeprefix(portal.address)
        if (shift := page.evaluate(SHIFT, 30)) > MOST_SHIFT:
            faults.append(f"{where}: the layout shifts by {shift:.3f}")
        faults += [f"{where}: {words}" for words in page.evaluate(ENGLISH, list(ALLOWED))]
    page.context.close()
    assert not faults, "\n".join(faults)
    assert not portal.complaints, "\n".join(portal.complaints)
