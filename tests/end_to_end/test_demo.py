"""`mingzhang demo`, then publish, trace, verify as its user would."""

import hashlib
import json
from pathlib import Path

DEPARTMENT = "江城市云岭区司法局"
CENTRE = "江城市云岭区法律援助中心"
DAY = ("--date", "2022-09-15")


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_demo_ends_by_naming_the_files_and_the_figures(demo_folder, demo_said):
    said = demo_said
    for figure in (
        "收、支总计 3369.44万元",
        "比上年增长 0.8%",
        "“三公”经费 25.51万元",
        "机关运行经费 886.76万元",
        "车辆 9辆",
    ):
        assert figure in said
    folder = demo_folder / "published" / DEPARTMENT
    for suffix in ("docx", "pdf", "html", "xlsx", "json"):
        path = folder / f"{DEPARTMENT}2021年度部门决算.{suffix}"
        assert str(path) in said
        assert path.stat().st_size > 10_000
    assert "待填写" not in said
    assert "尚未填写" not in said


def test_each_unit_publishes_its_own_disclosure_in_its_own_words(demo):
    folder = demo[0].folder / "published" / CENTRE
    page = (folder / f"{CENTRE}2021年度单位决算.html").read_text(encoding="utf-8")
    for words in ("单位决算表", "单位决算情况说明", "机构设置", "本表反映单位本年度"):
        assert words in page
    assert "部门决算单位构成" not in page


def test_publishing_again_gives_the_same_bytes(demo, tmp_path):
    command_line, _ = demo
    said = command_line.with_books("publish", "--year", 2021, "--unit", "--out", tmp_path)
    assert said.count("内容未变，沿用") == 3
    first = without_the_site(hashes(command_line.folder / "published" / DEPARTMENT))
    again = {
        name: digest
        for name, digest in hashes(tmp_path).items()
        if not name.startswith((CENTRE, f"{DEPARTMENT}（"))
    }
    assert without_the_site(again) == first
    centre = hashes(command_line.folder / "published" / CENTRE)
    assert without_the_site(centre) == without_the_site(hashes(tmp_path / CENTRE))


def without_the_site(files):
    """The files but for those that only a website needs, and the manifest that lists them."""
    apart = ("fragment.html", "explanations.json", "manifest.json")
    return {name: digest for name, digest in files.items() if name not in apart}


def test_a_new_reason_makes_a_new_version_and_moves_no_figure(demo_copy, tmp_path):
    import sqlite3

    with sqlite3.connect(demo_copy.books) as books:
        books.execute(
            "update records_reason set text = text || '（补充说明）' where cell like 'total_resources#change%'"
        )
    said = demo_copy.with_books("publish", "--year", 2021, "--out", tmp_path, "--format", "json", *DAY)
    assert "第2版（新版本）" in said
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert "补充说明" not in json.dumps(manifest, ensure_ascii=False)
    assert "与上一版相比" not in said


def test_tracing_a_printed_figure_reaches_its_vouchers(demo):
    said = demo[0].with_books("trace", "25.51")
    assert "“三公”经费" in said
    assert "255,065.00元" in said
    assert "凭证和登记" in said
    assert "公务用车购置费" in said


def test_tracing_a_voucher_lists_the_figures_it_moves(demo):
    command_line, _ = demo
    number = next(
        line.split()[1]
        for line in command_line.with_books("trace", "12.39").splitlines()
        if line.strip().startswith("账簿")
    )
    said = command_line.with_books("trace", number)
    assert f"凭证 {number}" in said
    for figure in ("3369.44万元", "25.51万元", "12.39万元"):
        assert figure in said


def test_tracing_what_is_not_there_says_what_to_do(demo):
    said = demo[0].with_books("trace", "99999.99", status=2)
    assert "公开的报告里没有数字“99999.99”" in said
    said = demo[0].with_books("trace", "expenditur@yunling-justice/2021", status=2)
    assert "账簿里没有这个坐标的数" in said


def test_verify_finds_a_changed_file(demo_copy):
    folder = demo_copy.folder / "published" / DEPARTMENT
    assert "全部文件与清单一致" in demo_copy.run("verify", folder)
    with next(folder.glob("*决算.html")).open("a", encoding="utf-8") as page:
        page.write(" ")
    said = demo_copy.run("verify", folder, status=1)
    assert "2021年度部门决算.html" in said


def test_every_published_file_carries_the_mark_of_the_sample(demo):
    folder = demo[0].folder / "published" / DEPARTMENT
    for name in ("*决算.html", "*决算.json", "fragment.html"):
        assert "示例数据" in next(folder.glob(name)).read_text(encoding="utf-8")
    assert "示例数据" in (folder / "open-data" / "datapackage.json").read_text(encoding="utf-8")


def test_an_unknown_entity_or_date_is_refused_with_the_choices(demo, tmp_path):
    said = demo[0].with_books("publish", "--year", 2021, "--out", tmp_path, "--entity", "nobody", status=2)
    assert "没有单位“nobody”" in said
    assert "yunling-justice" in said
    assert "不是日期" in demo[0].with_books(
        "publish", "--year", 2021, "--out", tmp_path, "--date", "上周", status=2
    )


def test_what_misses_a_text_is_not_published_and_a_draft_is_marked(demo_copy, tmp_path):
    out = tmp_path / "out"
    said = demo_copy.with_books("publish", "--year", 2020, "--out", out, "--format", "html", status=2)
    assert "不能公开" in said
    assert "变动原因" in said or "对比数" in said
    assert not out.exists()
    said = demo_copy.with_books("publish", "--year", 2020, "--out", out, "--format", "html", "--draft")
    assert "草稿，未记为公开版本" in said
    page = next(out.glob("*.html")).read_text(encoding="utf-8")
    assert "示例数据 草稿" in page
    assert "待填写" in page


def test_a_year_without_figures_an_unknown_edition_and_a_closed_folder_are_refused(demo, tmp_path):
    out = ("--out", tmp_path / "out")
    assert "2024年度没有收支数" in demo[0].with_books("publish", "--year", 2024, *out, status=2)
    said = demo[0].with_books("publish", "--year", 2021, *out, "--edition", "nope", status=2)
    assert "没有名为“nope”的版本" in said
    assert "hubei_wuhan_fy2021" in said
    (tmp_path / "file").write_text("")
    said = demo[0].with_books("publish", "--year", 2021, "--out", tmp_path / "file" / "out", status=2)
    assert "读写文件失败" in said


def test_without_books_nothing_is_made(demo, tmp_path):
    said = demo[0].run(
        "publish", "--year", 2021, "--out", tmp_path, "--books", tmp_path / "none.sqlite3", status=2
    )
    assert "没有账簿" in said
    assert not (tmp_path / "none.sqlite3").exists()
