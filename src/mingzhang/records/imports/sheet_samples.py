"""What calamine reads in a cell, asked by samples: the same workbook with a sheet that holds nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from mingzhang.records.imports.plain_sheets import Ask

_KEPT = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
)
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def asking(path: Path, name: str, part: str) -> Ask:
    """Asks calamine about cells of one sheet, under the styles and the calendar of its workbook."""

    @cache
    def kept() -> list[tuple[str, bytes]]:
        with zipfile.ZipFile(path) as archive:
            return [(each, archive.read(each)) for each in archive.namelist() if each in _KEPT]

    def ask(cells: Sequence[tuple[bytes, bytes]]) -> Sequence[Any]:
        if not cells:
            return ()
        from python_calamine import CalamineError, CalamineWorkbook

        rows = b"".join(
            b'<row r="%d"><c r="A%d"%s><v>%s</v></c></row>' % (number, number, attributes, text)
            for number, (attributes, text) in enumerate(cells, 1)
        )
        samples = BytesIO()
        with zipfile.ZipFile(samples, "w") as archive:
            for each, content in (*kept(), (part, _SHEET % rows)):
                archive.writestr(each, content)
        samples.seek(0)
        try:
            sheet = CalamineWorkbook.from_filelike(samples).get_sheet_by_name(name)
        except CalamineError as error:
            raise ValueError(str(error)) from None
        return [row[0] for row in sheet.to_python(skip_empty_area=False)]

    return ask
