"""Pages pinned to the desk: each person's own, only pages of this portal, not too many."""

from __future__ import annotations

import pytest

from mingzhang.records.models import Shortcut
from mingzhang.records.shortcuts import MOST

pytestmark = pytest.mark.django_db

PAGE = "/e/own/2021/tables/"


def test_a_page_is_pinned_once_and_taken_off(district, logged_in):
    """Named as the page is, with its entity and year; pinning leads back to the page."""
    client = logged_in("finance_head")
    assert "固定本页到工作台" in client.get(PAGE).content.decode()
    for _ in range(2):
        answer = client.post("/desk/pinned/", {"address": PAGE, "title": "决算表  ·\n示例局 2021年"})
        assert answer["Location"] == PAGE
    (row,) = Shortcut.objects.all()
    desk = client.get("/desk/").content.decode()
    assert f'<a href="{PAGE}">决算表 · 示例局 2021年</a>' in desk
    client.post(f"/desk/pinned/{row.pk}/remove/")
    assert "决算表 · 示例局" not in client.get("/desk/").content.decode()


def test_everybody_has_their_own(district, logged_in):
    """Nobody sees or removes what another pinned."""
    logged_in("finance_head").post("/desk/pinned/", {"address": PAGE, "title": "决算表"})
    (row,) = Shortcut.objects.all()
    other = logged_in("accountant")
    assert (
        f'href="{PAGE}"'
        not in other.get("/desk/").content.decode().partition("常用")[2].partition("</section>")[0]
    )
    other.post(f"/desk/pinned/{row.pk}/remove/")
    assert Shortcut.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk/",
        "//evil.example/",
        "https://evil.example/desk/",
        "/\\evil.example/",
        "/no/such/page/",
        "javascript:alert(1)",
    ],
)
def test_only_pages_of_the_portal_are_pinned(district, logged_in, address):
    """An address elsewhere is not led to."""
    answer = logged_in("accountant").post("/desk/pinned/", {"address": address, "title": "<script>"})
    assert answer.status_code == 404
    assert not Shortcut.objects.exists()


def test_there_is_room_for_so_many(district, logged_in):
    """The next is refused with what to do; a title is never markup."""
    client = logged_in("accountant")
    for number in range(MOST):
        client.post("/desk/pinned/", {"address": f"/desk/?n={number}", "title": "<b>页</b>"})
    page = client.post(
        "/desk/pinned/", {"address": "/desk/?n=more", "title": "又一页"}, follow=True
    ).content.decode()
    assert "先在工作台去掉不用的" in page
    assert Shortcut.objects.count() == MOST
    assert "<b>页</b>" not in page
    long = "/desk/?q=" + "a" * 300
    assert (
        "网址太长"
        in client.post("/desk/pinned/", {"address": long, "title": "长"}, follow=True).content.decode()
    )
