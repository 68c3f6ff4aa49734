"""The public site: reports and their figures, frozen files, versions, comparison, open data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

import pytest

from mingzhang.records.models import Publication
from mingzhang.write.manifest import write_manifest

pytestmark = pytest.mark.django_db(databases="__all__")

FRAGMENT = """<nav class="contents" aria-label="目录">
<ol><li><a href="#part-1">一、总体</a></li></ol>
</nav>
<article class="report" lang="zh-Hans">
<h2 id="part-1">一、总体</h2>
<p class="text">本年支出<button type="button" class="figure" data-at="0">100.00</button>万元。</p>
</article>
"""
AT = "expenditure@own/2021#actual"
EXPLANATIONS = [
    {"coordinate": AT, "title": "示例局 本年支出", "exact": "1,000,000.00元", "meaning": "一年花的钱", "formula": "由2条记录汇总", "parts": [["基本支出", "600,000.00元", 1]], "before": 1},
    {"coordinate": "expenditure[nature=basic]@own/2021#actual", "title": "示例局 基本支出", "exact": "600,000.00元", "meaning": "", "formula": ""},
]  # fmt: skip


def figures_of(code, year, factor=1):
    """What a report states."""
    amounts = {
        "revenue": 100,
        "expenditure": 100,
        "expenditure[nature=basic]": 60,
        "expenditure[nature=project]": 40,
    }
    return {
        f"{cell}@{code}/{year}#actual": f"{amount * factor:.2f}万元" for cell, amount in amounts.items()
    } | {f"staff_in_post@{code}/{year}#actual": "20人"}


@pytest.fixture
def published(tmp_path, monkeypatch, district):
    """The department's report of 2021: version 1 without files here, version 2 with all of them."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    entity = district.own.department
    folder = tmp_path / "published" / "own" / "2021" / "v2"
    (folder / "open-data").mkdir(parents=True)
    contents = {
        "fragment.html": FRAGMENT,
        "explanations.json": json.dumps(EXPLANATIONS),
        "示例局2021年度部门决算.html": "<!doctype html><title>决算</title>",
        "示例局2021年度部门决算.json": "{}",
        "open-data/datapackage.json": json.dumps(
            {"resources": [{"name": "table_01_x", "title": "收入支出决算总表"}]}
        ),
        "open-data/table_01_x.csv": "row\n1\n",
        "open-data/facts.csv": "fact\n1\n",
    }
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    from mingzhang.documents import Metadata

    write_manifest(
        folder, [folder / name for name in contents], Metadata("示例局", 2021, "plain", date(2022, 9, 1))
    )
    common = {"entity": entity, "year": 2021, "edition": "plain", "figures": figures_of("own", 2021)}
    Publication.objects.create(**common, version=1, published_on=date(2022, 9, 1), document_sha256="1" * 64)
    second = Publication.objects.create(
        **common,
        version=2,
        published_on=date(2022, 10, 1),
        document_sha256="2" * 64,
        manifest=json.loads((folder / "manifest.json").read_text()),
        changes=[[AT, "99.00万元", "100.00万元"]],
        folder="published/own/2021/v2",
    )
    second.path = folder
    return second


def publish_figures(entity, year, factor):
    return Publication.objects.create(
        entity=entity,
        year=year,
        edition="plain",
        version=1,
        published_on=date(year + 1, 9, 1),
        document_sha256=hashlib.sha256(f"{entity.code}{year}".encode()).hexdigest(),
        figures=figures_of(entity.code, year, factor),
    )


def test_the_first_page_shows_the_newest_version_with_its_main_figures(client, published):
    """One row a department, however many versions there are."""
    page = client.get("/").content.decode()
    assert page.count('href="/reports/own/2021/"') == 1
    assert "第2版" in page
    assert "100.00" in page


def test_searching_finds_by_part_of_a_name(client, published, district):
    """Other years and units too; what is not there is said."""
    publish_figures(district.own.centre, 2020, 1)
    assert 'href="/reports/own-centre/2020/"' in client.get("/", {"q": "中心"}).content.decode()
    assert "没有名称含“水务”的报告" in client.get("/", {"q": "水务"}).content.decode()


def test_units_stand_under_their_department(client, published, district):
    """A unit whose department did not publish has a row of its own."""
    publish_figures(district.own.centre, 2021, 1)
    publish_figures(district.other.centre, 2021, 1)
    page = client.get("/").content.decode()
    assert "所属单位1个" in page
    assert page.index("所属单位1个") < page.index("他局中心")


def test_every_figure_of_the_text_leads_to_its_explanation(client, published):
    """Also without a script: a link to a page; with one, a piece beside the text."""
    page = client.get("/reports/own/2021/").content.decode()
    assert '<a class="figure" data-at="0" href="v2/figures/0/">100.00</a>' in page
    assert 'href="#part-1"' in page
    whole = client.get("/reports/own/2021/v2/figures/0/").content.decode()
    for told in ("1,000,000.00元", "一年花的钱", "由2条记录汇总", "基本支出", "上年同一口径", AT):
        assert told in whole
    piece = client.get("/reports/own/2021/v2/figures/0/", headers={"X-Panel": "1"}).content.decode()
    assert "1,000,000.00元" in piece
    assert "<html" not in piece
    assert client.get("/reports/own/2021/v2/figures/2/").status_code == 404


def test_only_staff_of_the_department_are_led_to_vouchers(client, published, logged_in):
    """The public sees none."""
    address = "/reports/own/2021/v2/figures/0/"
    assert "查看凭证" not in client.get(address).content.decode()
    assert "查看凭证" in logged_in("accountant").get(address).content.decode()


def test_an_older_version_says_so_and_a_new_one_what_moved(client, published):
    """Both stay."""
    old = client.get("/reports/own/2021/v1/").content.decode()
    assert "不是最新版本" in old
    assert "没有这一版的正文" in old
    new = client.get("/reports/own/2021/v2/").content.decode()
    assert "99.00万元" in new
    assert "示例局 本年支出" in new
    assert client.get("/reports/own/2021/v3/").status_code == 404


def test_files_are_the_frozen_ones(client, published):
    """By digest, with a fingerprint that lets browsers keep them."""
    address = "/reports/own/2021/v2/files/open-data/facts.csv"
    answer = client.get(address)
    assert answer.content == b"fact\n1\n"
    assert answer["X-Content-SHA256"] == hashlib.sha256(answer.content).hexdigest()
    assert "attachment" in answer["Content-Disposition"]
    assert "public" in answer["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["fragment.html", "open-data/facts.csv", "manifest.json"])
def test_a_changed_file_is_not_served_but_reported(client, published, name):
    """One byte is enough."""
    path = published.path / name
    path.write_text(path.read_text() + " " if name != "manifest.json" else "{}")
    answer = client.get(f"/reports/own/2021/v2/files/{name}")
    assert answer.status_code == 503
    assert "摘要不符" in answer.content.decode()
    if name == "fragment.html":
        assert client.get("/reports/own/2021/").status_code == 503


@pytest.mark.parametrize(
    "name", ["../v2/manifest.json", "..%2f..%2fx", "/etc/passwd", "open-data/nothing.csv"]
)
def test_nothing_outside_the_version_is_served(client, published, name):
    """Whatever the address."""
    assert client.get(f"/reports/own/2021/v2/files/{name}").status_code == 404


def test_the_self_contained_page_runs_apart_from_this_site(client, published):
    """Its own policy, sandboxed."""
    answer = client.get("/reports/own/2021/v2/files/示例局2021年度部门决算.html")
    assert answer["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in answer["Content-Security-Policy"]
    assert "inline" in answer["Content-Disposition"]


def test_the_data_package_is_the_same_zip_every_time(client, published):
    """Its members are those of the manifest."""
    one, two = (client.get("/reports/own/2021/v2/open-data.zip").content for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert set(archive.namelist()) == {"datapackage.json", "table_01_x.csv", "facts.csv"}
    assert client.get("/reports/own/2021/v1/open-data.zip").status_code == 404


def test_pages_are_kept_by_the_public_and_not_by_who_is_logged_in(client, published, logged_in):
    """A page of a person must not come out of a proxy's store."""
    answer = client.get("/reports/own/2021/")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get("/reports/own/2021/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert logged_in("accountant").get("/reports/own/2021/")["Cache-Control"] == "no-store"


def test_departments_are_compared_with_their_growth(client, published, district):
    """From the printed digits: 60 to 100 is 66.7 %."""
    publish_figures(district.own.department, 2020, 0.6)
    publish_figures(district.other.department, 2021, 3)
    page = client.get("/departments/", {"d": ["own", "other"], "year": 2021}).content.decode()
    assert "比上年+66.7%" in page
    assert "300.00" in page
    assert "5.00" in page, "per head: 100 over 20"
    assert "<svg" in page


def test_no_more_than_six_are_compared(client, district):
    """It is said that some are left out."""
    from mingzhang.records.models import Entity

    codes = [f"d{number}" for number in range(8)]
    for code in codes:
        publish_figures(Entity.objects.create(code=code, name=f"第{code}局", kind="department"), 2021, 1)
    page = client.get("/departments/", {"d": codes}).content.decode()
    assert "一次最多比较6个" in page
    assert page.count('<th scope="col" class="number">') == 6


def test_the_comparison_as_csv_runs_no_formula(client, district):
    """A name that a spreadsheet would execute is disarmed."""
    district.own.department.name = "=HYPERLINK(1)"
    district.own.department.save()
    publish_figures(district.own.department, 2021, 1)
    rows = list(csv.reader(io.StringIO(client.get("/departments/csv/").content.decode("utf-8-sig"))))
    assert rows[0][0] == "单位代码"
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_the_index_of_open_data_is_one_list_for_people_and_programs(client, published):
    """JSON and CSV tell the same, and the addresses in them open."""
    told = client.get("/data/index.json").json()["reports"]
    rows = list(csv.DictReader(io.StringIO(client.get("/data/index.csv").content.decode())))
    assert [row["package"] for row in rows] == [each["package"] for each in told]
    assert client.get(told[0]["package"].removeprefix("http://testserver")).status_code == 200
    assert client.get(told[0]["facts"].removeprefix("http://testserver")).status_code == 200
    assert "datapackage.json" in client.get("/data/").content.decode()


def test_the_index_passes_its_public_validator(client, published, tmp_path):
    """Frictionless itself says that the table is as described."""
    frictionless = pytest.importorskip("frictionless")
    for name in ("index.csv", "datapackage.json"):
        (tmp_path / name).write_bytes(client.get(f"/data/{name}").content)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])


def test_an_empty_site_says_what_will_be_here(client, db):
    """Every page of it."""
    for address in ("/", "/departments/", "/data/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "还没有公开" in answer.content.decode()
