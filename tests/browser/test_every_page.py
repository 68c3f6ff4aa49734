"""Every page of the portal that a role may open: in Chromium, wide and narrow, readable by everybody."""

from __future__ import annotations

import pytest
from crawl import faults_of
from served import PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_ALWAYS = ("accountant", "finance_head")
"""The roles whose pages are opened at every run; the others in `make soak`."""


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in _ALWAYS else pytest.mark.soak) for role in PEOPLE]
)
def test_every_page_opens_and_is_accessible(portal, role):
    """No error, nothing serious for axe-core, nothing wider than the screen, no shifting layout; also on a phone."""
    portal.complaints.clear()
    page = portal.page(role)
    faults = faults_of(page, portal)
    page.context.close()
    assert not faults, f"{role}\n" + "\n".join(faults)
    assert not portal.complaints, "\n".join(portal.complaints)
