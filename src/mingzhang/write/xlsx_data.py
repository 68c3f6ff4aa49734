"""The sheet of all figures of the XLSX: coordinate, exact value, printed text, unit and place, one figure a row."""

from __future__ import annotations

from typing import Any

from mingzhang.documents import Document, Figure
from mingzhang.numbers import unit_named
from mingzhang.write.exact import exact_texts
from mingzhang.write.places import printed_places
from mingzhang.write.xlsx_cells import HEI, Formats, cell_text, number_format, printed_number

_COLUMNS = (
    ("序号", 7, "按文件中出现的先后"),
    ("坐标", 80, "数字的地址：概念[维度=代码]@单位/年度#口径；地址相同，数字相同"),
    ("准确值", 20, "未经四舍五入；金额以元计，比率为小数或分数，其余按所数的事物计"),
    ("数值", 14, "准确值折算为印刷单位，可直接用于计算"),
    ("印刷文字", 14, "文件中印出的数字；表格里的零值可按表样留空"),
    ("单位", 10, "印刷单位"),
    ("位置", 84, "所在的表格（行、栏）、文字（标题）或图表"),
)


def write_data(sheet: Any, document: Document, formats: Formats) -> None:
    """Fill the sheet: what the columns mean, then every figure."""
    sheet.write_string(0, 0, "全部数字", formats.get(font_name=HEI, font_size=16))
    for line, (name, width, meaning) in enumerate(_COLUMNS):
        sheet.write_string(
            line + 1, 0, f"{name}：{meaning}。", formats.get(font_size=10, font_color="#595959")
        )
        sheet.set_column(line, line, width)
    top = len(_COLUMNS) + 2
    head = formats.get(bold=True, border=1, align="center", bg_color="#F2F2F2")
    for column, (name, _, _) in enumerate(_COLUMNS):
        sheet.write_string(top, column, name, head)
    row = top
    for row, (figure, place) in enumerate(printed_places(document), top + 1):
        _figure(sheet, row, row - top, figure, place.in_chinese(), formats)
    sheet.autofilter(top, 0, max(row, top + 1), len(_COLUMNS) - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C— &P —")


def _figure(sheet: Any, row: int, number: int, figure: Figure, where: str, formats: Formats) -> None:
    unit = unit_named(figure.unit)
    digits, fraction = exact_texts(figure.value, unit, ratio=unit.kind == "ratio")
    text = formats.get(num_format="@")
    sheet.write_number(row, 0, number, formats.get(align="center"))
    sheet.write_string(row, 1, cell_text(figure.coordinate), text)
    sheet.write_string(row, 2, fraction or digits, formats.get(num_format="@", align="right"))
    shown = number_format(figure)
    sheet.write_number(row, 3, printed_number(figure), formats.get(num_format=shown))
    sheet.write_string(row, 4, cell_text(figure.text), formats.get(num_format="@", align="right"))
    sheet.write_string(row, 5, cell_text(figure.unit), formats.get(align="center"))
    sheet.write_string(row, 6, cell_text(where), text)
