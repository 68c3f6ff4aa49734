"""Work joined to money (资金与产出): what each project spent, the counts it bought, what one of them cost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.documents import Table, TableCell, TableRow
from mingzhang.numbers import print_value
from mingzhang.numbers.units import PERCENT, SCORE, TEN_THOUSAND_YUAN, YUAN
from mingzhang.performance.indicator import plain

_COUNTING = re.compile("(?:人次|次|件|人)?(?:数|数量)$")
"""What a name ends with that its number's unit says already."""


@dataclass(frozen=True, slots=True)
class Output:
    """A count that a project bought: its name, the number in its unit (件, 场次 …), where the number comes from."""

    name: str
    value: Fraction
    unit: str
    source: str = ""

    def told(self) -> str:
        """The count in words.

        >>> Output("调解矛盾纠纷", Fraction(9890), "件").told(), Output("培训次数", Fraction(6), "次").told()
        ('调解矛盾纠纷9890件', '培训6次')
        """
        return f"{_COUNTING.sub('', self.name)}{plain(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class ProjectWork:
    """A project with its money in yuan and its work; `parent` is the code of its first-level project.

    `score` is that of its own self-evaluation, None where it has none. A project whose money is spent by sub-projects
    is not `costed`: what one unit cost is said of them.
    """

    code: str
    name: str
    budget: Fraction
    executed: Fraction
    outputs: tuple[Output, ...] = ()
    parent: str = ""
    score: Fraction | None = None
    costed: bool = True

    def unit_cost(self, output: Output) -> Fraction | None:
        """Executed per unit of an output, in yuan; None where nothing was done or spent."""
        known = self.costed and output.value and self.executed
        return self.executed / output.value if known else None

    def cost_told(self, output: Output) -> str:
        """The unit cost with its denominator: “每件251.97元”; blank where there is none."""
        cost = self.unit_cost(output)
        return "" if cost is None else f"每{output.unit}{print_value(cost, YUAN, decimals=2)}元"


def work_told(work: ProjectWork) -> str:
    """What a project achieved, in words: every count with its unit cost; blank where nothing was counted.

    >>> spent = Fraction(2_492_000)
    >>> work_told(ProjectWork("a", "甲", spent, spent, (Output("调解矛盾纠纷", Fraction(9890), "件"),)))
    '调解矛盾纠纷9890件（平均每件251.97元）'
    """
    said = []
    for output in work.outputs:
        cost = work.cost_told(output)
        said.append(f"{output.told()}（平均{cost}）" if cost else output.told())
    return "、".join(said)


WORK_NOTE = "单位成本＝执行数÷产出数量；一个项目有几项产出的，各按该项目全部执行数计算，不能相加。"


def work_table(works: Sequence[ProjectWork]) -> Table:
    """Every project with budget, execution, rate and score, a line for each of its outputs with its unit cost."""
    heads = ("项目", "预算数", "执行数", "完成率", "得分", "产出", "数量", "单位成本（元）")
    header = TableRow(tuple(TableCell(text, align="center", bold=True) for text in heads))
    return Table(
        title="项目资金与产出（万元）",
        header=(header,),
        body=tuple(row for work in works for row in _rows(work)),
        widths=(2.4, 0.9, 0.9, 0.9, 0.7, 1.8, 1.1, 1.4),
        notes=(WORK_NOTE,),
        name="project_work",
    )


def _rows(work: ProjectWork) -> Iterator[TableRow]:
    rate = work.executed / work.budget if work.budget else None
    high = max(len(work.outputs), 1)
    left = (
        TableCell(work.name, rows=high, indent=1 if work.parent else 0),
        *(
            TableCell(text, rows=high, align="right")
            for text in (
                print_value(work.budget, TEN_THOUSAND_YUAN, decimals=2),
                print_value(work.executed, TEN_THOUSAND_YUAN, decimals=2),
                "—" if rate is None else f"{print_value(rate, PERCENT, decimals=2)}%",
                "—" if work.score is None else print_value(work.score, SCORE, decimals=2),
            )
        ),
    )
    if not work.outputs:
        yield TableRow((*left, TableCell("—"), TableCell("—", align="right"), TableCell("—", align="right")))
    for place, output in enumerate(work.outputs):
        cost = work.unit_cost(output)
        own = (
            TableCell(output.name),
            TableCell(f"{plain(output.value)}{output.unit}", align="right"),
            TableCell("—" if cost is None else f"{print_value(cost, YUAN, decimals=2)}／{output.unit}", align="right"),
        )  # fmt: skip
        yield TableRow((*left, *own) if place == 0 else own)
