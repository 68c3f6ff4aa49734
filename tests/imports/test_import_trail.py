"""What imports leave in the trail. That the books agree with it afterwards is checked after every test of this folder."""

import hashlib

from import_books import changed, grant, purchase, vouchers, xlsx

from mingzhang.records.acting import acting
from mingzhang.records.imports.run import import_file
from mingzhang.records.imports.statements import Stated
from mingzhang.records.models import (
    ImportBatch,
    Project,
    Reason,
    Statement,
    Text,
    TrailEntry,
    TrailRow,
    Vehicle,
    Voucher,
)
from mingzhang.records.trail import enter
from mingzhang.records.trail.postings import numbers_of

VEHICLES = [
    ["车牌号", "车辆用途", "购置日期", "原值"],
    ["鄂A·00001", "执法执勤用车", "2019-05-06", 180000],
    ["鄂A·00002", "执法执勤用车", "2019-05-06", 190000],
]


def taken(path, **options):
    with acting("王会计"):
        report = import_file(path, **options)
    assert report.accepted, [problem.in_chinese() for problem in report.problems]
    return report


def entries(action="导入"):
    return list(TrailEntry.objects.filter(action=action).select_related("chain").order_by("id"))


def test_vouchers_of_one_file_are_one_entry_of_the_ledger(bureau, tmp_path):
    """It names the person, the file and its hash, and every voucher by number."""
    path = xlsx(tmp_path / "凭证.xlsx", vouchers(grant(), purchase(number="记-7"), purchase(number="记-8")))
    taken(path)
    [entry] = entries()
    assert (entry.chain.name, entry.actor, entry.rows) == ("office/ledger", "王会计", 3)
    assert entry.after["file"] == "凭证.xlsx"
    assert entry.after["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [number for _, number in numbers_of(entry.after["numbers"])] == list(
        Voucher.objects.order_by("id").values_list("number", flat=True)
    )
    assert set(Voucher.objects.values_list("posting_id", flat=True)) == {entry.pk}


def test_vouchers_that_are_there_already_add_no_entry(bureau, tmp_path):
    taken(xlsx(tmp_path / "凭证.xlsx", vouchers(grant())))
    taken(xlsx(tmp_path / "再.xlsx", [["凭证"], *vouchers(grant())]))
    assert len(entries()) == 1


def test_a_changed_register_row_tells_from_what_to_what(bureau, tmp_path):
    """The rows that a file repeats unchanged are no part of its entry."""
    taken(xlsx(tmp_path / "车辆.xlsx", VEHICLES))
    taken(xlsx(tmp_path / "更正.xlsx", changed(VEHICLES, 2, "原值", 200000)))
    first, second = entries()
    key = f"Vehicle:{Vehicle.objects.get(plate='鄂A·00002').pk}"
    assert (first.rows, second.rows) == (2, 1)
    assert (second.before[key], second.after[key]) == (
        {"cost_fen": 19000000, "version": 1},
        {"cost_fen": 20000000, "version": 2},
    )
    assert second.subject == "车辆登记 更正.xlsx"


def test_projects_with_what_stands_above_them_are_sealed_as_they_end_up(bureau, tmp_path):
    rows = [["项目编码", "项目名称", "一级项目编码"], ["P2-1", "子项", "P2"], ["P2", "总项", ""]]
    taken(xlsx(tmp_path / "项目.xlsx", rows), kind="projects")
    assert Project.objects.get(code="P2-1").parent.code == "P2"
    assert [entry.chain.book for entry in entries()] == ["projects", "projects"]


def test_words_that_an_import_changes_get_a_new_version(bureau, tmp_path):
    """Whoever has the older version open is told when saving."""
    taken(
        xlsx(tmp_path / "文字.xlsx", [["年度", "键", "文字"], [2021, "functions", "主管司法行政。"]]),
        kind="texts",
        entity=bureau.department,
    )
    taken(
        xlsx(tmp_path / "再.xlsx", [["年度", "键", "文字"], [2021, "functions", "主管法律援助。"]]),
        kind="texts",
        entity=bureau.department,
    )
    text = Text.objects.get()
    assert (text.body, text.version) == ("主管法律援助。", 2)
    assert entries()[1].before[f"Text:{text.pk}"] == {"body": "主管司法行政。", "version": 1}


def test_figures_that_a_file_replaces_are_removed_in_the_trail(bureau, tmp_path):
    def stated(value, name):
        batch = ImportBatch.objects.create(
            kind="nine-tables", file_name=name, sha256=name, imported_at="2022-01-01T00:00:00Z"
        )
        row = Statement(entity=bureau.department, year=2021, coordinate="revenue@bureau/2021", value=value)
        Stated("nine-tables", [row], places={(bureau.department.pk, 2021)}).write(batch)
        return row

    first, second = stated("1", "一.xlsx").pk, stated("2", "二.xlsx").pk
    seals = TrailRow.objects.filter(kind="Statement").order_by("id").values_list("key", "entry__rows")
    assert list(seals) == [(first, 1), (second, 2), (first, 2)]
    assert TrailRow.objects.filter(kind="Statement", digest="").count() == 1


def test_a_dry_run_and_a_refused_file_leave_no_entry(bureau, tmp_path):
    before = TrailEntry.objects.count()
    taken(xlsx(tmp_path / "车辆.xlsx", VEHICLES), dry_run=True)
    assert not import_file(xlsx(tmp_path / "坏.xlsx", changed(VEHICLES, 1, "购置日期", "某日"))).accepted
    assert TrailEntry.objects.count() == before


def test_rows_of_several_units_are_entered_unit_by_unit(bureau):
    """So that every unit's chain is whole in itself."""
    enter(
        Reason(entity=entity, year=2021, cell="revenue", text="增加")
        for entity in (bureau.office, bureau.department)
    )
    assert [entry.chain.name for entry in entries("登记")[-2:]] == ["bureau/words", "office/words"]
