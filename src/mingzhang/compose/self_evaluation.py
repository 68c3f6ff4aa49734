"""The self-evaluation form (自评表) as a table in its official layout: Hubei and Wuhan, and the Ministry's.

Source: 湖北省、武汉市绩效自评表; 项目支出绩效自评表（财预〔2020〕10号）. Amounts are printed in 万元.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby

from mingzhang.compose.project_work import ProjectWork
from mingzhang.documents import Table, TableCell, TableRow
from mingzhang.numbers import print_value
from mingzhang.numbers.units import PERCENT, TEN_THOUSAND_YUAN
from mingzhang.performance.form import Evaluation, Row
from mingzhang.performance.indicator import plain
from mingzhang.performance.scoring import printed_score

CATEGORIES = (
    ("项目类别", ("部门预算项目", "市（省）直专项", "市（省）对下转移支付项目")),
    ("项目属性", ("持续性项目", "新增性项目")),
    ("项目类型", ("常年性项目", "延续性项目", "一次性项目")),
)
"""The boxes of the Hubei form: a row's head, and what may be ticked."""

HUBEI_NOTES = (
    "1. 预算数为调整后的财政资金总额（包括上年结余结转），执行数为财政资金实际支出数。",
    "2. 定量指标完成数汇总：绝对值直接累加，相对值按资金额度加权平均；先汇总完成数，再计算得分。",
    "3. 定量指标得分：正向指标（目标值≥X）为权重×B/A，反向指标（目标值≤X）为权重×A/B，得分不超过权重。",
    "4. 定性指标得分：达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差，"
    "依次按100%—80%（含80%）、80%—50%（含50%）、50%—0%记分；汇总时按资金额度加权平均。",
)
"""Notes under the Hubei form."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One annual goal (年度绩效目标): its words and the indicators that it stands for."""

    words: str
    rows: tuple[Row, ...]
    reached: str = ""
    """What was reached, in words (national form)."""

    @property
    def weight(self) -> Fraction:
        """Points of its indicators."""
        return sum((row.indicator.weight for row in self.rows), Fraction(0))


@dataclass(frozen=True, slots=True)
class Money:
    """One row of funds, in yuan; `cell` is the cell of the cube that it states (executed)."""

    name: str
    initial: Fraction
    budget: Fraction
    executed: Fraction
    cell: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything a form prints. `project` is blank for the department as a whole; `entity` and `cell` say whose money."""

    evaluation: Evaluation
    goals: tuple[Goal, ...]
    department: str
    unit: str
    year: int
    filled_on: date | None = None
    project: str = ""
    ticked: dict[str, str] = field(default_factory=dict)
    """Head of a row of boxes → what is ticked."""
    funds: tuple[Money, ...] = ()
    """For the national form: the parts of the money; for the department: basic and project expenditure."""
    reasons: str = ""
    measures: str = ""
    entity: str = ""
    cell: str = "expenditure"
    works: tuple[ProjectWork, ...] = ()
    """Projects with their money and what it bought."""


def self_evaluation_table(sheet: Sheet) -> Table:
    """The form filled in, in the layout of its edition."""
    return _national(sheet) if sheet.evaluation.form.name.startswith("national") else _hubei(sheet)


# -- Hubei, Wuhan: seven columns ---------------------------------------------------------------------------------


def _hubei(sheet: Sheet) -> Table:
    evaluation = sheet.evaluation
    points = plain(evaluation.form.rules.execution)
    whole = (
        f"{sheet.year}年度{sheet.project or sheet.department}{'项目' if sheet.project else '部门整体'}自评表"
    )
    filled = (
        f"{sheet.filled_on.year}年{sheet.filled_on.month}月{sheet.filled_on.day}日" if sheet.filled_on else ""
    )
    rows = [_row(_cell(f"单位名称：{sheet.unit}", 4), _cell(f"填报日期：{filled}", 3))]
    if sheet.project:
        rows += [
            _row(_head("项目名称"), _cell(sheet.project, 6)),
            _row(_head("主管部门"), _cell(sheet.department, 2), _head("项目实施单位"), _cell(sheet.unit, 3)),
        ]
        for head, names in CATEGORIES:
            boxes = " ".join(
                f"{number}、{name}{'■' if sheet.ticked.get(head) == name else '□'}"
                for number, name in enumerate(names, 1)
            )
            rows.append(_row(_head(head), _cell(boxes, 6)))
    else:
        rows.append(_row(_head("单位名称"), _cell(sheet.department, 6)))
        rows += [
            _row(_head(f"{money.name}总额"), _cell(f"{wan_text(money.executed)}万元", 6))
            for money in sheet.funds
        ]
    rows += [
        _row(
            _head(f"预算执行情况（万元）（{points}分）", rows=2), _cell("", 2), _head("预算数（A）"), _head("执行数（B）"),
            _head("执行率（B/A）"), _head(f"得分（{points}分*执行率）"),
        ),
        _row(
            _cell("年度财政资金总额" if sheet.project else "部门整体支出总额", 2), _number(wan_text(evaluation.budget)),
            _number(wan_text(evaluation.executed)), _number(rate_text(evaluation.rate)), _number(_points(evaluation.execution.points)),
        ),
    ]  # fmt: skip
    for number, goal in enumerate(sheet.goals, 1):
        rows += _hubei_goal(number, goal, "年度绩效目标" if sheet.project else "年度目标")
    rows += [
        TableRow((_cell("总分", 6, bold=True, align="center"), _number(_points(evaluation.total))), "total"),
        _row(_head("偏差大或目标未完成原因分析"), _cell(sheet.reasons, 6)),
        _row(_head("改进措施及结果应用方案"), _cell(sheet.measures, 6)),
    ]
    return Table(
        title=whole, header=(), body=tuple(rows), widths=(1.5, 1.1, 1.3, 2.4, 1.3, 1.3, 1.2), notes=HUBEI_NOTES,
        name="self_evaluation",
    )  # fmt: skip


def _hubei_goal(number: int, goal: Goal, name: str) -> Iterator[TableRow]:
    head = f"{name}{number}（{plain(goal.weight)}分）" + (f"：{goal.words}" if goal.words else "")
    yield _row(
        _head(head, rows=len(goal.rows) + 1),
        *(
            _head(text)
            for text in ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
        ),
    )
    for cells, row in _with_levels(goal.rows):
        yield _row(
            *cells,
            _cell(row.indicator.name),
            _cell(row.indicator.target.in_chinese(), align="center"),
            _cell(actual_words(row), align="center"),
            _number(_points(row.score.points)),
        )


# -- the Ministry's: nine columns --------------------------------------------------------------------------------


def _national(sheet: Sheet) -> Table:
    evaluation = sheet.evaluation
    execution = plain(evaluation.form.rules.execution)
    rows = [
        _row(_head("项目名称"), _cell(sheet.project or f"{sheet.department}部门整体支出", 8)),
        _row(_head("主管部门"), _cell(sheet.department, 4), _head("实施单位"), _cell(sheet.unit, 3)),
        _row(
            _head("项目资金（万元）", rows=len(sheet.funds) + 2), _cell("", 2),
            *(_head(text) for text in ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")),
        ),
        _row(
            _cell("年度资金总额", 2), _number(wan_text(sum((money.initial for money in sheet.funds), Fraction(0)))),
            _number(wan_text(evaluation.budget)), _number(wan_text(evaluation.executed)), _number(execution),
            _number(rate_text(evaluation.rate)), _number(_points(evaluation.execution.points)),
        ),
    ]  # fmt: skip
    for place, money in enumerate(sheet.funds):
        rate = money.executed / money.budget if money.budget else None
        rows.append(
            _row(
                _cell(f"其中：{money.name}" if place == 0 else money.name, 2, indent=0 if place == 0 else 1),
                _number(wan_text(money.initial)), _number(wan_text(money.budget)), _number(wan_text(money.executed)),
                _number("—"), _number(rate_text(rate)), _number("—"),
            )
        )  # fmt: skip
    words = "\n".join(goal.words for goal in sheet.goals if goal.words)
    reached = "\n".join(goal.reached for goal in sheet.goals if goal.reached)
    rows += [
        _row(_head("年度总体目标", rows=2), _head("预期目标", 4), _head("实际完成情况", 4)),
        _row(_cell(words, 4), _cell(reached, 4)),
    ]
    every = tuple(row for goal in sheet.goals for row in goal.rows)
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    rows.append(_row(_head("绩效指标", rows=len(every) + 1), *(_head(text) for text in heads)))
    for cells, row in _with_levels(every):
        rows.append(
            _row(
                *cells, _cell(row.indicator.name), _cell(row.indicator.target.in_chinese(), align="center"),
                _cell(actual_words(row), align="center"), _number(plain(row.indicator.weight)),
                _number(_points(row.score.points)), _cell(row.reason or ("无" if row.score.reached else "")),
            )
        )  # fmt: skip
    total = (
        _cell("总分", 6, bold=True, align="center"),
        _number("100"),
        _number(_points(evaluation.total)),
        _cell(""),
    )
    rows.append(TableRow(total, "total"))
    return Table(
        title=f"项目支出绩效自评表（{sheet.year}年度）", header=(), body=tuple(rows),
        widths=(1.1, 1.0, 1.2, 2.0, 1.2, 1.2, 0.8, 0.9, 2.0), name="self_evaluation",
    )  # fmt: skip


# -- cells -------------------------------------------------------------------------------------------------------


def _with_levels(rows: Sequence[Row]) -> Iterator[tuple[list[TableCell], Row]]:
    """Each row with the cells of its levels: one cell for all neighbouring rows of one level."""
    for first, group in groupby(rows, key=lambda row: row.indicator.levels[0]):
        within = list(group)
        left = [_cell(first, rows=len(within), align="center")]
        for second, neighbours in groupby(within, key=lambda row: row.indicator.levels[1]):
            own = list(neighbours)
            beside = [*left, _cell(second, rows=len(own), align="center")]
            left = []
            for row in own:
                yield beside, row
                beside = []


def actual_words(row: Row) -> str:
    """What was reached, as a form prints it: the number with its unit (money with two decimals), words or level; a dash where unknown."""
    actual = row.actual
    unit = row.indicator.target.unit
    if actual.value is not None:
        value = printed_score(actual.value) if unit.endswith("元") else actual.value
        return f"{plain(value)}{unit}"
    return actual.words or actual.level or "—"


def _row(*cells: TableCell) -> TableRow:
    return TableRow(cells)


def _cell(
    text: str, columns: int = 1, *, rows: int = 1, align: str = "left", bold: bool = False, indent: int = 0
) -> TableCell:
    return TableCell(text, columns=columns, rows=rows, align=align, bold=bold, indent=indent)


def _head(text: str, columns: int = 1, *, rows: int = 1) -> TableCell:
    return TableCell(text, columns=columns, rows=rows, align="center", bold=True)


def _number(text: str) -> TableCell:
    return TableCell(text, align="right")


def wan_text(yuan: Fraction) -> str:
    """An amount as the form prints it: 万元 with two decimals."""
    return print_value(yuan, TEN_THOUSAND_YUAN, decimals=2)


def rate_text(rate: Fraction | None) -> str:
    """A rate with two decimals and its sign; a dash where there is none."""
    return "—" if rate is None else f"{print_value(rate, PERCENT, decimals=2)}%"


def _points(points: Fraction) -> str:
    """Two decimals, half up, trailing zeros dropped."""
    hundredths = (points * 200 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
