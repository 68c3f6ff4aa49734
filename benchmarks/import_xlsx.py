"""Import 100,000 rows of XLSX: the validated import beside inflating the file, calamine and openpyxl reading it alone.

    python benchmarks/import_xlsx.py [ROWS]

The workbook is an accounting program's export: four rows a voucher, both systems, 22 columns. Every run imports into
new, empty books (SQLite on disk); opening the books is not counted.
"""

from __future__ import annotations

import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import xlsxwriter

from measure import Page, faster, interleaved, slower, timed

HEADER = (
    "单位编码", "凭证日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "功能科目", "功能科目名称",
    "部门经济分类", "部门经济分类名称", "支出性质", "资金性质", "项目编码", "资金年份", "往来单位", "指标文号", "结算方式",
    "票据号", "制单人", "审核人",
)  # fmt: skip
ECONOMIC = {"30201": "办公费", "30202": "印刷费", "30205": "水费", "30206": "电费", "30207": "邮电费", "30211": "差旅费", "30213": "维修（护）费", "30216": "培训费"}  # fmt: skip
SEED = 20211231


def rows(amount: int) -> Iterator[list[object]]:
    """Vouchers of purchases, four rows each."""
    chance = random.Random(SEED)
    for voucher in range(amount // 4):
        day = date(2021, 1, 1) + timedelta(days=voucher * 365 // (amount // 4))
        code, name = chance.choice(list(ECONOMIC.items()))
        yuan = chance.randint(100, 99_999_999) / 100
        head = [
            "office",
            day,
            f"记-{voucher + 1:06d}",
            f"付{day.month}月{name}（{chance.randint(1, 9999)}号单）",
        ]
        bill = f"{chance.randint(10**9, 10**10)}"
        people = ["", f"青财预〔2021〕{chance.randint(1, 400)}号", "转账", bill, "甲", "乙"]
        spent = ["2040601", "行政运行", code, name, "基本支出", "一般公共预算财政拨款", "", "当年"]
        nothing = [""] * 8
        yield [*head, "50010101", "业务活动费用", yuan, "", *nothing, *people]
        yield [*head, "1011", "零余额账户用款额度", "", yuan, *nothing, *people]
        yield [*head, "71010101", "行政支出—基本支出", yuan, "", *spent, *people]
        yield [*head, "800101", "资金结存—零余额账户用款额度", "", yuan, *nothing, *people]


def write_workbook(path: Path, amount: int) -> None:
    """Write the export."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet("凭证")
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(rows(amount), 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(number, place, value)
                elif isinstance(value, float):
                    sheet.write_number(number, place, value)
                else:
                    sheet.write_datetime(number, place, value, days)


def main() -> None:
    """Measure and print."""
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "凭证.xlsx"
        write_workbook(path, amount)
        measure(path, Path(folder), amount)


def measure(path: Path, folder: Path, amount: int) -> None:
    """Time the floor, the readers and the import."""
    from openpyxl import load_workbook
    from python_calamine import CalamineWorkbook

    from mingzhang.records.setup import open_books

    def inflate() -> None:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    while stream.read(1 << 20):
                        pass

    def calamine() -> None:
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)

    def openpyxl(streaming: bool) -> None:
        for row in load_workbook(path, read_only=streaming).active.iter_rows(values_only=True):
            assert row

    numbers = count()

    def new_books() -> None:
        open_books(folder / f"books{next(numbers)}.sqlite3")
        from mingzhang.records.models import Entity

        department = Entity.objects.create(code="bureau", name="示例局", kind="department")
        Entity.objects.create(code="office", name="示例局本级", kind="administrative", parent=department)

    def take(dry_run: bool) -> None:
        from mingzhang.records.imports.run import import_file

        report = import_file(path, "vouchers", dry_run=dry_run)
        assert report.accepted, report.problems[0].in_chinese()
        assert dry_run or report.added == amount // 4

    new_books()
    take(dry_run=True)
    found = interleaved(
        {"inflate": inflate, "calamine reads": calamine, "validate": lambda: take(dry_run=True)}, runs=5
    )
    seconds = []
    for _ in range(5):
        new_books()
        seconds += timed("import", lambda: take(dry_run=False), runs=1).seconds
    imported = type(found["inflate"])("import into SQLite", tuple(seconds))
    peer = timed("openpyxl reads", lambda: openpyxl(streaming=False), runs=3)
    streaming = timed("openpyxl streams (read-only mode)", lambda: openpyxl(streaming=True), runs=3)
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    page = Page(
        "import_xlsx",
        f"Importing {amount:,} rows of XLSX",
        [
            f"{amount:,} rows × {len(HEADER)} columns, {amount // 4:,} vouchers; {path.stat().st_size / 1e6:.1f} MB packed, "
            f"{unpacked / 1e6:.0f} MB unpacked; seed {SEED}",
            "validate: limits, formulas, merged cells, header, every cell, code, balance and mirror; import: with the write",
        ],
    )
    page.add(*found.values(), imported, peer, streaming)
    page.add(
        slower(found["validate"], found["inflate"], at_most=12, name="validate ÷ inflate"),
        slower(imported, found["inflate"], name="import ÷ inflate"),
        slower(found["validate"], found["calamine reads"], name="validate ÷ calamine reads"),
        slower(imported, found["calamine reads"], name="import ÷ calamine reads"),
        faster(found["validate"], peer, at_least=5, name="openpyxl reads ÷ validate"),
        faster(imported, peer, name="openpyxl reads ÷ import"),
        faster(found["validate"], streaming, name="openpyxl streams ÷ validate"),
    )
    page.finish()


if __name__ == "__main__":
    main()
