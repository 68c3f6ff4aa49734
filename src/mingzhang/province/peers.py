"""Outliers among peers: a department whose ratio is far from what the other departments of the same year have.

Ratios are compared by their logarithms, with the median and the median absolute deviation, so that a few extreme
departments do not hide each other (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). An outlier is a hint
of what to look at, never an accusation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from mingzhang.facts.coordinate import Cell

LEAST_PEERS = 8
"""Departments of one year below which nobody is called an outlier."""
TIMES = 1.5
"""How many times the median, or what part of it, an outlier has at least."""
_FAR = 3.5
_CONSISTENT = 1.4826
"""The median absolute deviation times this is the standard deviation of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two figures of one department and year.

    Each is given by cells, the first that a report states; without `below` the figure is compared with last year's.
    """

    chinese: str
    above: tuple[str, ...]
    below: tuple[str, ...] = ()
    scale: float = 1
    """What the ratio is divided by to be shown."""


RATIOS = (
    Ratio(
        "“三公”经费占本年支出",
        (
            "three_public_spending[fund=fiscal]",
            "three_public_spending[fund=general_public_budget]",
            "three_public_spending",
        ),
        ("expenditure",),
    ),
    Ratio("机关运行经费占本年支出", ("operating_costs",), ("expenditure",)),
    Ratio("在职人员人均机关运行经费（万元）", ("operating_costs",), ("staff_in_post",), 10_000),
    Ratio("基本支出占本年支出", ("expenditure[nature=basic]",), ("expenditure",)),
    Ratio("本年支出与上年之比", ("expenditure",)),
)
"""The ratios that departments are compared by."""


def gather_figures(database: duckdb.DuckDBPyConnection) -> None:
    """Make the table `figures`: what the ratios need of each department and year; figures in conflict are left out."""
    cells = dict.fromkeys(_key(text) for ratio in RATIOS for text in (*ratio.above, *ratio.below))
    database.execute(
        f"""CREATE TABLE figures AS
        SELECT department, year, concept, dimensions, median(value::DOUBLE) AS value, min(path) AS path
        FROM facts
        WHERE (concept, dimensions) IN ({", ".join(map(str, cells))}) AND measure = 'actual'
            AND status <> 'contradicted' AND entity = department AND period = year::VARCHAR
        GROUP BY department, year, concept, dimensions"""
    )


def outliers(database: duckdb.DuckDBPyConnection, ratio: Ratio) -> list[tuple[Any, ...]]:
    """The outliers: ratio, year, department, its value, the median, how many times that, number of peers, report.

    The table `figures` must have been gathered.
    """
    below, years = (ratio.below, 0) if ratio.below else (ratio.above, 1)
    return database.execute(
        f"""WITH a AS ({_first_of(ratio.above)}), b AS ({_first_of(below)}),
        ratios AS (
            SELECT a.department, a.year, a.path, ln(a.value / b.value) AS x
            FROM a JOIN b ON a.department = b.department AND a.year = b.year + {years}
            WHERE a.value > 0 AND b.value > 0
        ),
        middles AS (SELECT year, median(x) AS middle, count(*) AS peers FROM ratios GROUP BY year),
        spreads AS (
            SELECT year, median(abs(x - middle)) AS spread FROM ratios JOIN middles USING (year) GROUP BY year
        )
        SELECT $name, year, department, exp(x) / $scale, exp(middle) / $scale, exp(x - middle), peers, path
        FROM ratios JOIN middles USING (year) JOIN spreads USING (year)
        WHERE peers >= {LEAST_PEERS} AND abs(x - middle) >= ln({TIMES})
            AND abs(x - middle) > {_FAR * _CONSISTENT} * spread
        ORDER BY year, abs(x - middle) DESC, department""",
        {"name": ratio.chinese, "scale": ratio.scale},
    ).fetchall()


def _first_of(cells: tuple[str, ...]) -> str:
    """A query for one figure of each department and year: of the first of the cells that is stated."""
    wanted = ", ".join(str((*_key(text), place)) for place, text in enumerate(cells))
    return f"""SELECT department, year, arg_min(value, place) AS value, arg_min(path, place) AS path
        FROM figures JOIN (VALUES {wanted}) AS wanted(concept, dimensions, place) USING (concept, dimensions)
        GROUP BY department, year"""


def _key(text: str) -> tuple[str, str]:
    """Concept and dimensions of a cell as the tables have them."""
    cell = Cell.parse(text)
    return cell.concept, ",".join(f"{name}={code}" for name, code in cell.dimensions)
