"""Put areas, posts and a few legal-aid cases into a portal's books: run with its environment before it is served."""

from __future__ import annotations

import os
from datetime import date, timedelta
from uuid import uuid4

PEOPLE = (
    ("section", "hekaiyan", "AID"),
    ("office", "baoheqing", "HEAD"),
)

FIELD_STAFF = (("mediator", "明调解", "MED"), ("judicial_office", "司法员", "JO"))


def prepare() -> None:
    """Legal aid of a street: one case fresh, one late, one waiting for a second person."""
    from mingzhang.records.acting import acting
    from mingzhang.records.casework.models import Area, CasePost
    from mingzhang.records.casework.opening import open_record
    from mingzhang.records.casework.registries import load_areas
    from mingzhang.records.casework.transitions import take
    from mingzhang.records.models import User
    from mingzhang.records.trail import enter
    from mingzhang.sample.people import hashed

    today = date.today()
    with acting("测试"):
        areas = [("990111", "示例区"), ("990111001", "青石街道"), ("990111001001", "梧桐社区")]
        load_areas([{"code": code, "name": name} for code, name in areas], date(2015, 1, 1))
        for _, username, role in PEOPLE:
            person = User.objects.get(username=username)
            enter([CasePost(user=person, role=role, line="legal_aid", valid_from=date(2020, 1, 1))])
        street = Area.objects.get(name="青石街")
        for username, name, role in FIELD_STAFF:
            person = User(username=username, name=name, password=hashed())
            enter([person])
            enter(
                [
                    CasePost(
                        user=person,
                        role=role,
                        line="peoples_mediation",
                        area=street if role == "JO" else None,
                        valid_from=date(2020, 1, 1),
                    )
                ]
            )
        clerk = User.objects.get(username=PEOPLE[0][1])
        for place, name in enumerate(("张晓明", "李文静", "王建国")):
            on = today - timedelta(days=place * 12)
            record = open_record(clerk, "legal_aid.aid_case", _case(name, on), occurred_on=on, command_key=uuid4().hex, action="apply", reason="示例")  # fmt: skip
        take(clerk, record, "refuse", {"decision_reason": "不属于援助范围"}, occurred_on=today, command_key=uuid4().hex)  # fmt: skip


def _case(name: str, on: date) -> dict[str, object]:
    return {
        "entry": "申请", "case_type": "民事", "matter_item": "确认劳动关系或劳动报酬", "stage": "一审", "place_ok": "事由发生地",
        "service_way": ["窗口"], "urgent_first": "否", "served_on": on.isoformat(), "area": "990111001001", "channel": "窗口",
        "received_at": f"{on}T09:30", "facts": "被拖欠工资三个月。", "facts_on": (on - timedelta(days=60)).isoformat(),
        "applicants": [{"name": name, "id_no": "11010519491231002X", "phone": "13800000001"}],
    }  # fmt: skip


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    import django

    django.setup()
    prepare()
