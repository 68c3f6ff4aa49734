"""The summary of a province's tables: years, rules, departments, slips repeated from year to year, outliers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from mingzhang.province.parts import ProvinceFolder, connected
from mingzhang.province.peers import LEAST_PEERS, RATIOS, TIMES, gather_figures, outliers

MOST_ROWS = 100_000
"""Rows of a section that are kept; the tables themselves have all."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the summary: its heads, its rows of text and numbers, what is to be known of it.

    `shares` are the heads of columns that hold shares of one.
    """

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    note: str = ""
    shares: frozenset[str] = frozenset()


def summarise(folder: ProvinceFolder) -> list[Section]:
    """Every section of the summary, computed without holding the tables in memory."""
    with connected(os.cpu_count() or 1) as database:
        for table in ("reports", "findings", "facts"):
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM {folder.table(table)}")
        return [
            _years(database),
            _rules(database),
            _departments(database),
            _repeated(database),
            _outliers(database),
            _unreadable(database),
        ]


def _years(database: duckdb.DuckDBPyConnection) -> Section:
    found = _rows(
        database,
        """SELECT coalesce(year::VARCHAR, '不明'), count(*), count(DISTINCT department), count(error),
            count(*) FILTER (errors > 0), count(*) FILTER (errors > 0) / greatest(count(*) - count(error), 1),
            sum(errors), sum(warnings), sum(facts), sum(verified) / greatest(sum(facts), 1),
            sum(contradicted) / greatest(sum(facts), 1)
        FROM reports GROUP BY year ORDER BY year""",
    )
    heads = (
        "年度",
        "报告",
        "部门",
        "未能读取",
        "有错误的报告",
        "占比",
        "错误",
        "提醒",
        "数",
        "有印证",
        "有矛盾",
    )
    return Section("各年度", heads, found, shares=frozenset(("占比", "有印证", "有矛盾")))


def _rules(database: duckdb.DuckDBPyConnection) -> Section:
    years = [
        year
        for (year,) in _rows(
            database, "SELECT DISTINCT year FROM reports WHERE year IS NOT NULL ORDER BY year"
        )
    ]
    columns = "".join(f", count(DISTINCT path) FILTER (year = {year})" for year in years)
    found = _rows(
        database,
        f"""SELECT rule, count(DISTINCT path), count(DISTINCT department),
            count(*) FILTER (severity = 'error'), count(*) FILTER (severity = 'warning'),
            count(*) FILTER (severity = 'notice') {columns}, left(min(message), 80)
        FROM findings GROUP BY rule ORDER BY 4 DESC, 5 DESC, 2 DESC, rule""",
    )
    by_year = tuple(f"{year}年报告" for year in years)
    return Section("规则", ("规则", "报告", "部门", "错误", "提醒", "说明", *by_year, "例"), found)


def _departments(database: duckdb.DuckDBPyConnection) -> Section:
    found = _rows(
        database,
        """WITH broken AS (
            SELECT department, string_agg(DISTINCT rule, '、' ORDER BY rule) AS rules,
                string_agg(DISTINCT year::VARCHAR, '、' ORDER BY year::VARCHAR) AS years
            FROM findings WHERE severity = 'error' GROUP BY department
        )
        SELECT department, count(*), sum(errors) AS wrong, sum(warnings) AS doubtful, any_value(years),
            any_value(rules), sum(verified) / greatest(sum(facts), 1)
        FROM reports LEFT JOIN broken USING (department)
        WHERE department IS NOT NULL GROUP BY department ORDER BY wrong DESC, doubtful DESC, department""",
    )
    heads = ("部门", "报告", "错误", "提醒", "有错误的年度", "违反的规则", "有印证")
    return Section("部门", heads, found, "错误多的在前", frozenset(("有印证",)))


def _repeated(database: duckdb.DuckDBPyConnection) -> Section:
    found = _rows(
        database,
        """WITH slips AS (
            SELECT DISTINCT department, rule, year FROM findings
            WHERE severity IN ('error', 'warning') AND department IS NOT NULL AND year IS NOT NULL
        )
        SELECT now.department, now.rule, count(*) + 1 AS years,
            string_agg(before.year || '—' || now.year, '、' ORDER BY now.year)
        FROM slips AS now JOIN slips AS before
            ON now.department = before.department AND now.rule = before.rule AND now.year = before.year + 1
        GROUP BY now.department, now.rule ORDER BY years DESC, now.department, now.rule""",
    )
    note = "同一部门在相邻年度违反同一规则（错误或提醒）"
    return Section("连续年度", ("部门", "规则", "年数", "相邻年度"), found, note)


def _outliers(database: duckdb.DuckDBPyConnection) -> Section:
    heads = ("指标", "年度", "部门", "比值", "同年中位数", "倍数", "同年部门", "报告")
    note = (
        f"只供参考，不等于有误：与同年其他部门（至少{LEAST_PEERS}个）的中位数相差很大，至少{TIMES:g}倍；"
        "有矛盾的数不参加比较"
    )
    gather_figures(database)
    found = [row for ratio in RATIOS for row in outliers(database, ratio)]
    return Section("离群", heads, found, note)


def _unreadable(database: duckdb.DuckDBPyConnection) -> Section:
    found = _rows(
        database, "SELECT path, message, error FROM reports WHERE error IS NOT NULL ORDER BY error, path"
    )
    return Section("未能读取", ("报告", "原因", "代码"), found)


def _rows(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return database.execute(f"{query} LIMIT {MOST_ROWS}").fetchall()


def as_text(sections: Sequence[Section], most: int) -> Iterator[str]:
    """The summary in lines, the first rows of each section."""
    for section in sections:
        yield f"【{section.title}】共{len(section.rows)}行" + (f"（{section.note}）" if section.note else "")
        for row in section.rows[:most]:
            told = zip(section.heads, row, strict=True)
            yield "  " + "　".join(
                f"{head} {shown(value, head in section.shares)}" for head, value in told if value is not None
            )
        if len(section.rows) > most:
            yield f"  其余{len(section.rows) - most}行见 --format xlsx"
        yield ""


def shown(value: object, share: bool) -> str:
    """A value as readers see it."""
    if isinstance(value, float):
        return f"{value:.1%}" if share else f"{value:.4g}"
    return str(value)
