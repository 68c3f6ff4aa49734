"""Short plain-text reports for tests of a province: quick to audit, one figure wrong where asked."""

from __future__ import annotations

from pathlib import Path

import duckdb

from mingzhang.province.parts import ProvinceFolder, lines
from mingzhang.province.rows import write_lines
from mingzhang.province.tables import TABLES

TEXT = """{name}{year}年度部门决算

一、收入支出决算总体情况说明

{year}年度收、支总计{total}万元。与{before}年度相比，收、支总计各增加{more}万元，增长{growth}%，主要原因是新增项目。
"""


def text_report(folder: Path, name: str, year: int = 2022, wrong: bool = False, total: int = 1200) -> Path:
    """Write a report; a wrong one misstates its growth."""
    growth = "30.00" if wrong else f"{100 * 200 / (total - 200):.2f}"
    told = TEXT.format(
        name=name, year=year, before=year - 1, total=f"{total}.00", more="200.00", growth=growth
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{year}.txt"
    path.write_text(told, encoding="utf-8")
    return path


def rows(out: Path, table: str, columns: str = "*", rest: str = "") -> list[tuple]:
    """What a table holds."""
    return duckdb.sql(f"SELECT {columns} FROM '{out}/parts/*/{table}.parquet' {rest}").fetchall()


def made_tables(out: Path, **tables: list[dict]) -> ProvinceFolder:
    """A folder with one part of these rows; columns left out are empty."""
    folder, spool = ProvinceFolder(out), out / "spool"
    folder.prepare()
    spool.mkdir()
    for name in TABLES:
        write_lines(spool / f"made.{name}", iter(tables.get(name, [])))
    folder.add("made", {name: lines(spool, name) for name in TABLES})
    return folder
