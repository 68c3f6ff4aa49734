"""Crawl the portal in Chromium: the pages that one reaches from the menu, and what is wrong with them."""

from __future__ import annotations

import re

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOST_SHIFT = 0.01
"""A tenth of what counts as good: nobody sees it."""
SHIFT = """wait => new Promise(resolve => {
  let total = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(total), wait);
})"""
"""By how much the layout has shifted by itself, so many milliseconds from now."""


def visited(page, portal, start: str = "", within: str = "", most: int = 60):
    """Open the pages of the menu, and one of each further kind that they link to, whose address holds `within`; yields each address with the answer."""
    known: set[str] = set()
    waiting = [start or f"{portal.address}/desk/"]
    while waiting and len(known) < most:
        address = waiting.pop(0)
        kind = re.sub(r"\d+|[^/?&=]*%[^/?&=]*|[0-9a-f-]{36}", "N", address.split("#")[0].split("?")[0])
        if kind in known:
            continue
        answer = page.goto(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        known.add(kind)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            if (
                link.startswith(portal.address)
                and within in link
                and not re.search(
                    r"logout|/static/|/csv/|download|export|/attachments/|\.(xlsx|csv|pdf|docx|zip|json|html)\b",
                    link,
                )
            ):
                waiting.append(link)
        yield address, answer


def addresses(page, portal, start: str = "", within: str = "") -> list[str]:
    """The addresses of those pages."""
    return [address for address, _ in visited(page, portal, start, within)]


def faults_of(page, portal, start: str = "", within: str = "") -> list[str]:
    """What is wrong with the pages that one reaches, in both widths."""
    from axe_playwright_python.sync_playwright import Axe

    faults = []
    opened = addresses(page, portal, start, within)
    assert len(opened) > 2
    for address in opened:
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 820})
            answer = page.goto(address)
            where = f"{address.removeprefix(portal.address)} {width}"
            if answer.status >= 400:
                faults.append(f"{where}: {answer.status}")
                continue
            if page.evaluate(OVERFLOW) > 1:
                faults.append(f"{where}: wider than the screen by {page.evaluate(OVERFLOW)}")
            if (shift := page.evaluate(SHIFT, 120)) > MOST_SHIFT:
                faults.append(f"{where}: the layout shifts by {shift:.3f}")
        found = Axe().run(page)
        for violation in found.response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:2])
                faults.append(f"{address}: {violation['id']} {violation['help']}: {nodes}")
    return faults
