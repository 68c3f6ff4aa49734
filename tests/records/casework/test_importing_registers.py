"""Registers from files: good rows enter, bad rows wait with what to do, nothing enters twice; and what leaves by an export."""

import csv
from datetime import date

import pytest
import xlsxwriter

from mingzhang.records.casework import import_columns, import_reading, imports
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.exporting import export
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import CasePost, Event, ImportBatch, Record, Rejected
from mingzhang.records.casework.views import view_of
from mingzhang.records.models import TrailEntry, User
from mingzhang.records.trail import enter
from records.casework.helping import BEGINNING, TODAY, clean

HELP = "street_work.help"
HEADER = [
    "发生日期",
    "事项",
    "姓名",
    "电话",
    "身份证号",
    "群体",
    "协办单位",
    "所属街道社区",
    "称谓",
    "年龄",
    "家人2·称谓",
    "外部编号",
    "来源系统",
]
NUMBER = "11010519491231002X"
GOOD = [
    "2023-03-05",
    "救助",
    "王小明",
    "13800000000",
    NUMBER,
    "低保、特困、老年人",
    "某单位",
    "甲社区",
    "母",
    71,
    "子",
    "A1",
    "云平台",
]


@pytest.fixture
def officer(district):
    person = User(username="officer", name="officer君")
    person.set_unusable_password()
    enter([person])
    enter([CasePost(user=person, role="PUB", line="street_work", valid_from=BEGINNING)])
    return person


@pytest.fixture
def file(tmp_path):
    def write(rows, name="台账.xlsx", header=HEADER):
        path = tmp_path / name
        if name.endswith(".csv"):
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([header, *rows])
        else:
            with xlsxwriter.Workbook(path) as book:
                sheet = book.add_worksheet("登记")
                sheet.write_row(0, 0, ["某街道2023年登记表"])
                for number, row in enumerate([header, *rows], start=2):
                    sheet.write_row(number, 0, row)
        return path

    return write


def row(**changes):
    return [changes.get(name, value) for name, value in zip(HEADER, GOOD, strict=True)]


def taken(officer, path, **stated):
    return imports.take_in(officer, HELP, path, today=TODAY, **stated)


def counts(batch):
    return batch.rows, batch.accepted, batch.unchanged, batch.rejected


def test_good_rows_enter_and_bad_rows_wait_with_what_to_do(officer, file):
    bad = row(
        事项="借钱", 身份证号="1", 外部编号="A2", 姓名="李四", 所属街道社区="丙社区", 发生日期="2023-02-30"
    )
    batch = taken(officer, file([GOOD, bad, row(外部编号="A3", 姓名="")]))
    assert counts(batch) == (3, 1, 0, 2)
    record = Record.objects.get()
    view = view_of(record, kind_of(HELP))
    assert (record.number, record.occurred_on, record.area.name) == (
        "帮〔2023〕1号",
        date(2023, 3, 5),
        "甲社区",
    )
    assert (view["person_name"], view["id_no"], view["phone"]) == ("王小明", NUMBER, "13800000000")
    assert view["groups"] == ["老年人", "低保、特困"]
    assert view["family"] == [{"kin": "母", "age": 71}, {"kin": "子"}]
    first, second = Rejected.objects.order_by("row")
    assert (first.row, [problem.code for problem in imports.problems_of(first)]) == (5, ["E-DATE", "E-REF"])
    assert [problem.code for problem in imports.problems_of(second)] == ["E-REQ"]
    assert imports.problems_of(second)[0].where == "台账.xlsx，第6行，姓名"
    assert all(problem.remedy for problem in imports.problems_of(first))
    assert "李四" not in first.values
    clean()


def test_a_csv_file_is_taken_in_alike(officer, file):
    assert counts(taken(officer, file([GOOD], "台账.csv"))) == (1, 1, 0, 0)


def test_a_waiting_row_is_corrected_or_left_out(officer, file):
    batch = taken(officer, file([row(事项="借钱", 姓名="李四"), row(事项="", 外部编号="A9")]))
    assert counts(batch) == (2, 0, 0, 2)
    first, second = Rejected.objects.order_by("row")
    assert imports.cells_of(first)["姓名"] == "李四"
    with pytest.raises(RefusedError, match="借款"):
        imports.correct_row(officer, first, {"事项": "借款"}, today=TODAY)
    first.refresh_from_db()
    assert imports.cells_of(first)["事项"] == "借款"
    record = imports.correct_row(officer, first, {"事项": "就业"}, today=TODAY)
    first.refresh_from_db()
    assert (first.state, first.record, view_of(record, kind_of(HELP))["person_name"]) == (
        "corrected",
        record,
        "李四",
    )
    with pytest.raises(RefusedError, match="已更正入库"):
        imports.correct_row(officer, first, {"事项": "救助"}, today=TODAY)
    with pytest.raises(RefusedError, match="理由"):
        imports.discard(officer, second, " ")
    assert imports.discard(officer, second, "重复报送").state == "discarded"
    assert Record.objects.count() == 1
    clean()


def test_all_or_nothing_leaves_nothing_behind(officer, file):
    path = file([GOOD, row(事项="借钱", 外部编号="A2")])
    events = Event.objects.count()
    with pytest.raises(RefusedError) as refused:
        taken(officer, path, all_or_nothing=True)
    assert [problem.where for problem in refused.value.problems] == ["台账.xlsx，第5行，事项"]
    assert (Record.objects.count(), ImportBatch.objects.count(), Rejected.objects.count()) == (0, 0, 0)
    assert Event.objects.count() == events
    assert counts(taken(officer, file([GOOD]), all_or_nothing=True)) == (1, 1, 0, 0)
    clean()


def test_the_same_again_makes_nothing_twice_and_changes_what_differs(officer, file):
    path = file([GOOD])
    batch = taken(officer, path)
    assert taken(officer, path) == batch
    assert counts(
        taken(officer, file([GOOD, row(外部编号="A2", 姓名="李四", 身份证号="")], "下月.xlsx"))
    ) == (2, 1, 1, 0)
    assert counts(taken(officer, file([row(事项="就业")], "更正.xlsx"))) == (1, 1, 0, 0)
    record = Record.objects.get(source_ref="A1")
    assert record.content["item"] == "就业"
    correction = record.events.get(action="correct")
    assert correction.reason == "重新导入更正.xlsx第4行"
    assert Record.objects.count() == 2
    clean()


def test_a_likely_duplicate_without_an_outside_number_waits(officer, file):
    taken(officer, file([row(外部编号="", 来源系统="")]))
    batch = taken(officer, file([row(外部编号="", 来源系统="", 电话="")], "另一份.xlsx"))
    assert counts(batch) == (1, 0, 0, 1)
    assert [problem.code for problem in imports.problems_of(Rejected.objects.get())] == ["E-DUP"]


def test_columns_are_said_once_and_remembered(officer, file):
    header = ["日期", "事项", "当事人", "编号"]
    kind = kind_of(HELP)
    mapping = {"日期": "occurred_on", "事项": "item", "当事人": "person_name", "编号": "source_ref"}
    path = file([["2023年3月5日", "救助", "王小明", "1"]], header=header)
    assert counts(taken(officer, path, mapping=mapping)) == (1, 1, 0, 0)
    import_columns.remember(kind, "平台导出", mapping)
    assert import_columns.remembered(kind, header) == mapping
    assert counts(taken(officer, file([["2023-03-06", "就业", "李四", "2"]], "下月.xlsx", header))) == (
        1,
        1,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ({"事项": "itm"}, "没有“itm”字段"),
        ({"事项": "item", "姓名": "item"}, "对应了两列"),
        ({"科目": "phone", "姓名": "person_name", "事项": "item"}, "没有“科目”列"),
    ],
)
def test_columns_that_cannot_be(officer, file, mapping, told):
    with pytest.raises(RefusedError, match=told):
        taken(officer, file([GOOD]), mapping=mapping)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("台账.xlsx", b"", "空"),
        ("台账.xlsx", b"PK\x03\x04broken", "xlsx"),
        ("台账.csv", "甲,乙\n1,2\n".encode(), "没有找到列名"),
        ("台账.csv", "事项,姓名,姓名\n救助,甲,乙\n".encode(), "出现两次"),
    ],
)
def test_bad_files_are_refused_whole(officer, tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RefusedError, match=told):
        taken(officer, path)
    assert not ImportBatch.objects.exists()


HOSTILE = {
    "a formula": {"事项": "=cmd|' /C calc'!A0"},
    "markup": {"姓名": "<script>alert(1)</script>", "事项": "不存在"},
    "far too long": {"姓名": "王" * 40_000, "事项": "不存在"},
    "a date that is none": {"发生日期": "2023-02-30"},
    "a day to come": {"发生日期": "2999-01-01"},
    "a number of another": {"身份证号": "110105194912310021"},
    "nothing that is asked": {"事项": "", "姓名": ""},
    "right to left": {"事项": "\u202e助救"},
    "a control character": {"事项": "救\x07助"},
    "a NUL": {"姓名": "王\x00某"},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_row_waits_with_what_to_do_and_the_good_one_enters(officer, file, changes):
    """Told by its row, its column and a remedy; the file's good row is there."""
    columns = [*HEADER, *(name for name in changes if name not in HEADER)]
    bad = [*row(外部编号="A2", **changes), *(changes[name] for name in columns[len(HEADER) :])]
    good = [*GOOD, *([""] * (len(columns) - len(HEADER)))]
    batch = taken(officer, file([good, bad], "台账.csv", columns))
    assert counts(batch) == (2, 1, 0, 1)
    (waiting,) = batch.rejected_rows.all()
    told = imports.problems_of(waiting)
    assert told
    assert all(problem.what and problem.remedy for problem in told)
    assert Record.objects.count() == 1


def test_a_file_that_says_the_same_row_many_times_enters_it_once(officer, file):
    """The others wait as likely duplicates; none is lost."""
    batch = taken(officer, file([GOOD] * 20, "台账.csv"))
    assert (batch.accepted + batch.unchanged, batch.rejected) == (20, 0) or (
        batch.accepted,
        batch.rejected,
    ) == (1, 19)
    assert Record.objects.count() == 1


def test_a_huge_file_is_refused_with_what_to_do(officer, file, monkeypatch):
    """More rows than one file may have: nothing of it enters."""
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    with pytest.raises(RefusedError, match="一次最多30行"):
        taken(officer, file([row(姓名=f"某{number}") for number in range(31)], "台账.csv"))
    assert not Record.objects.exists()
    assert not ImportBatch.objects.exists()


def test_who_may_not_register_may_not_import(district, officer, file):
    for who in ("office", "finance", "lawyer", "resident", "admin", "auditor", "nobody"):
        with pytest.raises(RefusedError) as refused:
            taken(getattr(district, who), file([GOOD]))
        assert [problem.code for problem in refused.value.problems] == ["E-ROLE"], who
    batch = taken(district.west_jo, file([GOOD]))
    assert [problem.code for problem in imports.problems_of(batch.rejected_rows.get())] == ["E-AREA"]


def test_an_export_has_a_reason_and_masks(district, officer, file):
    taken(officer, file([row(姓名="=1+1", 事项="就业")], "台账.csv"))
    with pytest.raises(RefusedError) as refused:
        export(officer, HELP, " ")
    assert refused.value.problems[0].code == "E-REQ"
    table = export(officer, HELP, "年度核对")
    shown = dict(zip(table.header, table.rows[0], strict=True))
    assert (shown["案号"], shown["事项"], shown["状态"], shown["群体"]) == (
        "帮〔2023〕1号",
        "就业",
        "办理中",
        "老年人、低保、特困",
    )
    assert (shown["电话"], shown["身份证号"], shown["家人·称谓"]) == (
        "138****0000",
        "110*************2X",
        "母；子",
    )
    named = export(officer, HELP, "上门联系", names=True)
    shown = dict(zip(named.header, named.rows[0], strict=True))
    assert (shown["电话"], shown["身份证号"]) == ("13800000000", "110*************2X")
    assert shown["姓名"] == "'=1+1"
    assert list(TrailEntry.objects.filter(action="导出").values_list("reason", flat=True)) == [
        "年度核对",
        "上门联系",
    ]
    for who in ("office", "finance", "auditor", "resident", "lawyer"):
        with pytest.raises(RefusedError) as refused:
            export(getattr(district, who), HELP, "某")
        assert refused.value.problems[0].code == "E-ROLE", who
    with pytest.raises(RefusedError) as refused:
        export(district.head, HELP, "某", names=True)
    assert refused.value.problems[0].code == "E-SEC"
    assert export(district.west_jo, HELP, "某").rows == []
    assert len(export(district.east_jo, HELP, "某").rows) == 1
    clean()
