"""A district whose departments have only published reports: facts entered as they state them, audits kept from earlier."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingzhang.records.jobs.running import run
from mingzhang.records.live import forget
from mingzhang.records.models import Entity, Grant, Statement, User
from mingzhang.records.trail import enter

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

FIGURES = {"档案局": ("812.40", "806.15"), "民政局": ("5120.00", "5098.70"), "文旅局": ("1333.05", "1340.00")}


def report(name, share):
    return f"""{name}2021年度部门决算
五、财政拨款支出决算情况说明
2021年度财政拨款支出3369.44万元，主要用于以下方面：住房保障（类）支出239.14万元，占{share}；卫生健康（类）支出102.64万元，占3.0%。
"""


@pytest.fixture
def bureau(tmp_path, monkeypatch, db):
    """The finance bureau's person over a government with three departments, whose reports are facts and were audited."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    government = Entity.objects.create(code="qu", name="示例区", kind="government")
    for order, (name, (revenue, expenditure)) in enumerate(FIGURES.items(), 1):
        department = Entity.objects.create(
            code=f"d{order}", name=name, kind="department", parent=government, order=order
        )
        Entity.objects.create(
            code=f"d{order}-1", name=f"{name}本级", kind="administrative", parent=department
        )
        for concept, text in (("revenue", revenue), ("expenditure", expenditure)):
            value = str(int(text.replace(".", "")) * 100)
            enter([Statement(entity=department, year=2021, coordinate=concept, value=value, printed=text, file=f"{name}.xlsx", sheet="收入支出决算总表", cell="B3")])  # fmt: skip
    person = User.objects.create_user("bureau", "Sufficient-2021", "财政甲")
    Grant.objects.create(user=person, role="bureau", entity=government)
    return person


@pytest.fixture
def client_of_bureau(client, bureau, settings):
    settings.SECOND_FACTOR = False
    client.force_login(bureau, backend="mingzhang.portal.login.ActiveUsers")
    return client


def test_totals_come_from_the_facts_of_the_reports(client_of_bureau):
    """Without a single voucher: each department's and the district's."""
    page = client_of_bureau.get("/district/?year=2021").content.decode()
    for revenue, expenditure in FIGURES.values():
        assert f"{float(revenue):,.2f}" in page
        assert f"{float(expenditure):,.2f}" in page
    assert "7,265.45" in page
    assert "7,244.85" in page


def test_audits_of_earlier_are_shown_whatever_this_process_remembers(client_of_bureau):
    """The last audit of each report, with a way to it; nothing for who was not audited."""
    files = [
        SimpleUploadedFile(f"{name}.txt", report(name, share).encode())
        for name, share in (("档案局", "7.2%"), ("民政局", "7.1%"))
    ]
    client_of_bureau.post("/audits/", {"key": "a" * 32, "reports": files})
    run("a" * 32)
    forget()
    page = client_of_bureau.get("/district/?year=2021").content.decode()
    rows = {name: page.partition(f">{name}</a>")[2].partition("</tr>")[0] for name in FIGURES}
    assert "错误 1" in rows["档案局"]
    assert "无矛盾" in rows["民政局"]
    assert "/audits/" not in rows["文旅局"]
    link = rows["档案局"].partition('href="/audits/')[2].partition('"')[0]
    assert "239.14万元÷3369.44万元" in client_of_bureau.get(f"/audits/{link}").content.decode()
    client_of_bureau.post(
        "/audits/",
        {"key": "b" * 32, "reports": SimpleUploadedFile("档案局.txt", report("档案局", "7.1%").encode())},
    )
    run("b" * 32)
    page = client_of_bureau.get("/district/?year=2021").content.decode()
    assert "错误 1" not in page
