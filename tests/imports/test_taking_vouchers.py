"""Vouchers as accounting programs export them, in every layout, are taken in exactly once."""

import random
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_books import NOTHING, SPENT, VOUCHER_HEADER, changed, csv_file, grant, purchase, vouchers, xlsx

from mingzhang.records.imports.run import import_file
from mingzhang.records.imports.sides import plain_fen
from mingzhang.records.imports.values import day, fen_of
from mingzhang.records.imports.voucher_heads import whole_number
from mingzhang.records.models import ColumnMapping, Entity, ImportBatch, Voucher, VoucherLine
from mingzhang.records.search import index
from mingzhang.records.trail import enter

GOOD = vouchers(grant(), purchase("2021-03-15", "记-2", "1,234.56"))


def lines(number):
    return [
        (
            line.system,
            line.account,
            line.debit,
            line.fen,
            line.function,
            line.economic,
            line.nature,
            line.fund,
        )
        for line in Voucher.objects.get(number=number).lines.order_by("sequence")
    ]


BOUGHT = [
    ("F", "5001", True, 123456, "", "", "", ""),
    ("F", "1011", False, 123456, "", "", "", ""),
    ("B", "71010101", True, 123456, "2040601", "30201", "basic", "general_public_budget"),
    ("B", "800101", False, 123456, "", "", "", ""),
]


def taken(path, **options):
    report = import_file(path, **options)
    assert report.accepted, [problem.in_chinese() for problem in report.problems]
    return report


def test_a_voucher_is_taken_in_with_everything_it_says(bureau, tmp_path):
    """Both systems are told apart by the account; codes, nature and fund become the books' own."""
    report = taken(xlsx(tmp_path / "凭证.xlsx", GOOD))
    assert (report.kind, report.added, report.unit) == ("vouchers", 2, "张凭证")
    voucher = Voucher.objects.get(number="记-2021-03-0002")
    assert (voucher.entity.code, voucher.date, voucher.summary, voucher.kind) == (
        "office",
        date(2021, 3, 15),
        "购办公用品",
        "ordinary",
    )
    assert lines("记-2021-03-0002") == BOUGHT


def test_imported_vouchers_are_in_the_search_index_at_once(bureau, tmp_path, monkeypatch):
    """The first search after an import indexes nothing any more: it may take in a single one of two and still names them."""
    taken(xlsx(tmp_path / "凭证.xlsx", GOOD))
    monkeypatch.setattr("mingzhang.records.search.index._A_SEARCH", 1)
    assert index.voucher_ids(bureau.office, 2021, "办公用品") == {
        Voucher.objects.get(number="记-2021-03-0002").pk
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_gives_the_same_vouchers_in_any_common_encoding(encoding, delimiter, bureau, tmp_path):
    """Encoding and delimiter are found out."""
    taken(csv_file(tmp_path / "凭证.csv", GOOD, encoding, delimiter))
    assert lines("记-2021-03-0002") == BOUGHT


@pytest.mark.parametrize(
    "written", ["2021-03-15", "2021/3/15", "20210315", 20210315, "2021年3月15日", "2021.3.15", 44270, date(2021, 3, 15), datetime(2021, 3, 15, 9, 30)]
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(written):
    """Date cells, text dates and serial numbers are one day."""
    assert day(written, None) == date(2021, 3, 15)


@given(fen=st.integers(-(10**14), 10**14))
def test_an_amount_is_exact_however_it_is_written(fen):
    """Number cells hold the nearest binary number, text its decimals: both give the fen."""
    yuan = Decimal(fen) / 100
    assert fen_of(float(yuan)) == fen
    assert fen_of(f"{yuan:,.2f}") == fen
    assert fen_of(f"¥ {yuan:,.2f} 元") == fen


@given(cents=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30))
def test_sums_that_a_program_made_in_binary_are_the_fen_they_show(cents):
    """0.1 + 0.2 is 30 fen, not a fraction of a fen."""
    assert fen_of(sum(each / 100 for each in cents)) == sum(cents)


@given(
    column=st.lists(
        st.one_of(
            st.integers(-(10**12), 10**12).map(lambda cents: cents / 100),
            st.floats(),
            st.sampled_from(["", None, " ", "1.50", 3, True, 0.125, -0.0]),
        ),
        max_size=20,
    )
)
@settings(deadline=None)
def test_a_column_of_amounts_is_read_as_each_of_its_cells(column):
    """What is read all at once is what would be read one by one; whatever else there is, is left to that."""
    fen, others = plain_fen(column)
    for row, value in enumerate(column):
        if row in others:
            assert fen[row] == 0
            assert value not in ("", None)
        else:
            assert fen[row] == (0 if value in ("", None) else fen_of(value))


def test_only_the_vouchers_that_do_not_balance_are_named(bureau, tmp_path):
    """One fen too much in either system, and cash that moved in one system only, among vouchers that are sound."""
    parts = [purchase(f"2021-03-{number:02d}", f"记-{number}", 100 * number) for number in range(1, 8)]
    parts[1] = changed([VOUCHER_HEADER, *parts[1]], 1, "借方金额", 200.01)[1:]
    parts[3] = changed([VOUCHER_HEADER, *parts[3]], 4, "贷方金额", 400.01)[1:]
    parts[5] = parts[5][:2]
    report = import_file(xlsx(tmp_path / "凭证.xlsx", vouchers(*parts)), dry_run=True)
    named = {problem.what.split("：")[0] for problem in report.problems if problem.is_error}
    assert named == {"凭证记-2021-03-0002", "凭证记-2021-03-0004", "凭证记-2021-03-0006"}


def test_blank_heads_belong_to_the_voucher_above(bureau, tmp_path):
    """The second layout: date, number and summary only in the first row of a voucher."""
    rows = vouchers(purchase("2021-03-15", "记-2", "1,234.56"))
    for row in range(2, 5):
        rows = changed(changed(changed(rows, row, "凭证日期", ""), row, "凭证字号", ""), row, "摘要", "")
    taken(xlsx(tmp_path / "凭证.xlsx", rows))
    assert lines("记-2021-03-0002") == BOUGHT


def test_one_amount_with_its_direction_is_the_same_as_two_columns(bureau, tmp_path):
    """方向 + 金额."""
    header = [
        "日期",
        "凭证号",
        "摘要",
        "科目",
        "方向",
        "金额",
        "功能分类",
        "经济分类",
        "基本/项目",
        "资金来源",
    ]
    head = [20210315, 2, "购办公用品"]
    rows = [
        header,
        [*head, "5001 业务活动费用", "借", 1234.56, "", "", "", ""],
        [*head, "1011 零余额账户用款额度", "贷", 1234.56, "", "", "", ""],
        [*head, "7101", "借方", "1,234.56", "[2040601]行政运行", "30201 办公费", "基本", "一般公共预算"],
        [*head, "[800101]零余额账户用款额度", "贷", "1234.56", "", "", "", ""],
    ]
    taken(xlsx(tmp_path / "凭证.xlsx", rows))
    assert lines("记-2021-03-0002") == BOUGHT


def test_titles_above_and_totals_below_the_table_are_no_entries(bureau, tmp_path):
    """A merged title, a line of remarks, blank rows and 合计 are passed over, and said so."""
    rows = [["2021年凭证明细"], ["单位：示例局本级"], *GOOD, [], ["合计", "", "", "", "", 4469.12, 4469.12]]
    report = taken(xlsx(tmp_path / "凭证.xlsx", rows, prepare=lambda page: page.merge_cells("A1:L1")))
    assert (report.added, report.left_out) == (2, 1)


def test_amounts_in_ten_thousands_are_read_by_their_header(bureau, tmp_path):
    """万元 in the header scales the column."""
    header = [*VOUCHER_HEADER]
    header[5], header[6] = "借方金额（万元）", "贷方金额（万元）"
    taken(xlsx(tmp_path / "凭证.xlsx", vouchers(purchase("2021-03-15", "记-2", "0.123456"), header=header)))
    assert lines("记-2021-03-0002") == BOUGHT


def test_the_same_file_twice_changes_nothing(bureau, row_counts, tmp_path):
    """The file is known by its hash."""
    path = xlsx(tmp_path / "凭证.xlsx", GOOD)
    taken(path)
    before = row_counts()
    again = taken(path)
    assert again.before
    assert row_counts() == before


def test_a_new_export_of_the_same_vouchers_changes_nothing(bureau, tmp_path):
    """Vouchers are known by number and content, whatever the file; new ones beside them are added."""
    taken(xlsx(tmp_path / "一季度.xlsx", GOOD))
    rows = vouchers(grant(), purchase("2021-03-15", "记-2", 1234.56), purchase("2021-04-02", "记-1"))
    report = taken(csv_file(tmp_path / "上半年.csv", rows))
    assert (report.added, report.unchanged) == (1, 2)
    assert Voucher.objects.count() == 3
    assert VoucherLine.objects.count() == 12


def test_a_changed_voucher_is_refused_with_the_way_to_adjust_it(bureau, row_counts, tmp_path):
    """What is posted is never overwritten."""
    taken(xlsx(tmp_path / "凭证.xlsx", GOOD))
    before = row_counts()
    report = import_file(
        xlsx(tmp_path / "改.xlsx", vouchers(grant(yuan=999), purchase("2021-03-15", "记-2", 1234.56)))
    )
    assert [(problem.code, problem.row) for problem in report.problems] == [("voucher_changed", 2)]
    assert "调整凭证" in report.problems[0].remedy
    assert row_counts() == before


def test_a_columns_mapping_is_guessed_shown_said_and_remembered(bureau, tmp_path):
    """A header nobody knows is said once with --map, then known."""
    header = [*VOUCHER_HEADER]
    header[2], header[7] = "业务内容", "类款项"
    rows = vouchers(purchase("2021-03-15", "记-2", "1,234.56"), header=header)
    refused = import_file(xlsx(tmp_path / "一.xlsx", rows), "vouchers")
    assert [problem.code for problem in refused.problems] == ["column_missing"]
    assert "业务内容" in refused.problems[0].remedy
    report = taken(tmp_path / "一.xlsx", kind="vouchers", mapping={"摘要": "业务内容", "function": "类款项"})
    assert ("摘要", "业务内容（C列）") in report.mapping
    assert ColumnMapping.objects.get().mapping["function"] == "类款项"
    more = vouchers(purchase("2021-03-16", "记-3", "5"), header=header)
    assert taken(xlsx(tmp_path / "二.xlsx", more)).added == 1


def test_a_mapping_to_what_is_not_there_is_refused(bureau, tmp_path):
    """Both the field and the column must exist."""
    path = xlsx(tmp_path / "凭证.xlsx", GOOD)
    assert [p.code for p in import_file(path, "vouchers", mapping={"天气": "摘要"}).problems] == [
        "unknown_field"
    ]
    assert [p.code for p in import_file(path, "vouchers", mapping={"摘要": "天气"}).problems] == [
        "unknown_column"
    ]


def test_a_dry_run_checks_and_writes_nothing(bureau, row_counts, tmp_path):
    """Not even the mapping is remembered."""
    before = row_counts()
    report = taken(xlsx(tmp_path / "凭证.xlsx", GOOD), dry_run=True)
    assert report.rows == 8
    assert row_counts() == before


def test_rows_of_one_voucher_may_stand_apart(bureau, tmp_path):
    """A list sorted by account still makes whole vouchers."""
    rows = vouchers(sorted(grant()[:] + purchase("2021-03-15", "记-2"), key=lambda row: row[3]))
    assert taken(xlsx(tmp_path / "凭证.xlsx", rows)).added == 2


def test_own_detail_accounts_belong_to_the_lowest_account_of_the_chart(bureau, tmp_path):
    """100201 工行 is 1002; 7101 with fund and nature is the detail account they call for."""
    head = ["2021-03-15", "记-9", "利息"]
    rows = vouchers([
        [*head, "100201", "工行", 5, "", *NOTHING],
        [*head, "4401", "利息收入", "", 5, *NOTHING],
        [*head, "800102", "", 5, "", *NOTHING],
        [*head, "6602", "", "", 5, "2040601", "", "", "其他资金", ""],
    ])  # fmt: skip
    report = import_file(xlsx(tmp_path / "凭证.xlsx", rows))
    assert "unknown_account" not in {problem.code for problem in report.problems}
    taken(xlsx(tmp_path / "购.xlsx", changed(vouchers(purchase()), 3, "科目编码", "7101")))
    assert lines("记-2021-03-0001")[2][1] == "71010101"


def test_vouchers_that_carry_the_year_forward_are_closing_ones(bureau, tmp_path):
    """结转 between revenue or expenditure and balances is taken as closing, and said so."""
    head = ["2021-12-31", "记-90", "年末结转支出"]
    rows = vouchers(
        purchase(),
        [
            [*head, "810106", "", 100, "", "2040601", "", "基本支出", "一般公共预算", ""],
            [*head, "71010101", "", "", 100, *SPENT],
        ],
    )
    report = taken(xlsx(tmp_path / "凭证.xlsx", rows))
    assert [(problem.code, problem.severity) for problem in report.problems] == [
        ("taken_as_closing", "notice")
    ]
    assert Voucher.objects.get(number="记-2021-12-0090").kind == "closing"


def test_steps_of_the_close_are_known_by_their_accounts(bureau, tmp_path):
    """非财政拨款结余分配 moves at the close only: taken for an ordinary voucher it would read as income tax paid."""
    head = ["2021-12-31", "记-91", "转入非财政拨款结余"]
    rows = vouchers([
        [*head, "820204", "", 100, "", *NOTHING],
        [*head, "8701", "", "", 100, *NOTHING],
    ])  # fmt: skip
    [centre] = enter([Entity(code="centre", name="示例中心", kind="institution", parent=bureau.department)])
    taken(xlsx(tmp_path / "凭证.xlsx", rows), entity=centre)
    assert Voucher.objects.get().kind == "closing"


def test_short_numbers_are_kept_with_their_month(bureau, tmp_path):
    """Programs that number from 1 each month do not collide."""
    taken(xlsx(tmp_path / "凭证.xlsx", vouchers(purchase("2021-03-15"), purchase("2021-04-15"))))
    assert set(Voucher.objects.values_list("number", flat=True)) == {"记-2021-03-0001", "记-2021-04-0001"}


@given(number=st.integers(1, 99999), word=st.sampled_from(["", "记", "付", "转"]), padded=st.booleans())
def test_a_number_is_the_same_voucher_however_it_is_padded(number, word, padded):
    """记-1, 记1, 记字第0001号 and 记｜1 in two columns name one voucher."""
    on = date(2021, 3, 1)
    digits = f"{number:05d}" if padded else str(number)
    expected = whole_number("", f"{word}-{number}" if word else str(number), on)
    assert whole_number(word, digits, on) == expected
    assert whole_number("", f"{word}字第{digits}号" if word else digits, on) == expected


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_vouchers_does_not_matter(seed, bureau, tmp_path):
    """Any order of whole vouchers gives the same vouchers."""
    parts = [
        purchase(f"2021-{month:02d}-05", f"记-{number}", number) for month in (1, 2) for number in range(1, 5)
    ]
    random.Random(seed).shuffle(parts)
    assert taken(xlsx(tmp_path / "凭证.xlsx", vouchers(*parts))).added == 8
    for month in (1, 2):
        for number in range(1, 5):
            assert [line[3] for line in lines(f"记-2021-{month:02d}-{number:04d}")] == [number * 100] * 4


def test_two_sheets_of_one_workbook_are_taken_in_together(bureau, tmp_path):
    """A sheet a month is one import."""

    def second(page):
        sheet = page.parent.create_sheet("四月")
        for row in vouchers(purchase("2021-04-15")):
            sheet.append(row)

    assert taken(xlsx(tmp_path / "凭证.xlsx", vouchers(purchase()), "三月", prepare=second)).added == 2
    assert ImportBatch.objects.get().rows == 8
