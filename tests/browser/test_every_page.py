"""Every page of the portal that a role may open: in Chromium, wide and narrow, readable by everybody."""

from __future__ import annotations

import re

import pytest
from served import PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_ALWAYS = ("accountant", "finance_head")
"""The roles whose pages are opened at every run; the others in `make soak`."""

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFT = """() => new Promise(resolve => {
  let total = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(total), 120);
})"""


def addresses(page, portal) -> list[str]:
    """The pages of the menu, and one of each further kind that they link to."""
    found: dict[str, str] = {}
    waiting = [f"{portal.address}/desk/"]
    while waiting and len(found) < 60:
        address = waiting.pop(0)
        kind = re.sub(r"\d+|[^/?&=]*%[^/?&=]*", "N", address.split("#")[0].split("?")[0])
        if kind in found:
            continue
        answer = page.goto(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found[kind] = address
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            if link.startswith(portal.address) and not re.search(
                r"logout|/static/|/csv/|download|export|\.(xlsx|csv|pdf|docx|zip|json|html)\b", link
            ):
                waiting.append(link)
    return list(found.values())


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in _ALWAYS else pytest.mark.soak) for role in PEOPLE]
)
def test_every_page_opens_and_is_accessible(portal, role):
    """No error, nothing serious for axe-core, nothing wider than the screen, no shifting layout; also on a phone."""
    from axe_playwright_python.sync_playwright import Axe

    portal.complaints.clear()
    page = portal.page(role)
    faults = []
    opened = addresses(page, portal)
    assert len(opened) > 2
    for address in opened:
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 820})
            answer = page.goto(address)
            where = f"{role} {address.removeprefix(portal.address)} {width}"
            if answer.status >= 400:
                faults.append(f"{where}: {answer.status}")
                continue
            if page.evaluate(OVERFLOW) > 1:
                faults.append(f"{where}: wider than the screen by {page.evaluate(OVERFLOW)}")
            if page.evaluate(SHIFT) > 0.1:
                faults.append(f"{where}: the layout shifts")
        found = Axe().run(page)
        for violation in found.response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:2])
                faults.append(f"{address}: {violation['id']} {violation['help']}: {nodes}")
    page.context.close()
    assert not faults, "\n".join(faults)
    assert not portal.complaints, "\n".join(portal.complaints)
