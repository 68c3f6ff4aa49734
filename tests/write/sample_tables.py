"""Tables of the invented bureau: two-sided, functional, economic groups, single row, and an empty one."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from sample_books import (
    BASIC,
    DEPARTMENT,
    ECONOMIC_CLASSES,
    ENTITY,
    FUNCTIONS,
    OTHER_REVENUE,
    PERSONNEL,
    PERSONNEL_TOTAL,
    PROJECTS,
    PUBLIC_CAPITAL,
    PUBLIC_SERVICES,
    PUBLIC_TOTAL,
    THREE_PUBLIC_ACTUAL,
    THREE_PUBLIC_BUDGET,
    YEAR,
    below,
)

from mingzhang.documents import Figure, Table, TableCell, TableRow
from mingzhang.facts import Cell
from mingzhang.numbers import TEN_THOUSAND_YUAN, print_value

Sums = dict[tuple[int, int], tuple[tuple[int, int, int], ...]]
SPENDING = {code: BASIC.get(code, 0) + PROJECTS.get(code, 0) for code in BASIC | PROJECTS}
TOTAL = sum(SPENDING.values())


def money(cell: str, fen: int, year: int = YEAR) -> Figure:
    """An amount as a figure in 万元."""
    place, _, measure = cell.partition("#")
    value = Fraction(fen, 100)
    return Figure(
        f"{place}@{ENTITY}/{year}#{measure or 'actual'}", value, print_value(value, TEN_THOUSAND_YUAN), "万元"
    )


def amount(cell: str, fen: int, *, bold: bool = False) -> TableCell:
    """A number cell; zeros print nothing and keep their figure."""
    figure = money(cell, fen)
    return TableCell(figure.text if fen else "", figure, align="right", bold=bold)


def head(text: str, columns: int = 1, rows: int = 1) -> TableCell:
    """A header cell."""
    return TableCell(text, columns=columns, rows=rows, align="center", bold=True)


def header(*rows: Sequence[TableCell], numbered: TableRow | None = None) -> tuple[TableRow, ...]:
    """Header rows, with the 栏次 row below them where there is one."""
    closing = () if numbered is None else (numbered,)
    return (*(TableRow(tuple(row), "header") for row in rows), *closing)


def numbers(label: str, count: int, span: int) -> TableRow:
    """The 栏次 row."""
    cells = [TableCell(str(index), align="center") for index in range(1, count + 1)]
    return TableRow((TableCell(label, columns=span, align="center"), *cells), "numbers")


def total_table() -> Table:
    """公开01表: revenue left, expenditure right, closing rows level."""
    left = [
        (
            "一、一般公共预算财政拨款收入",
            TOTAL - sum(OTHER_REVENUE.values()),
            "revenue[fund=general_public_budget]",
        ),
        ("二、政府性基金预算财政拨款收入", 0, "revenue[fund=government_managed_funds]"),
        ("三、国有资本经营预算财政拨款收入", 0, "revenue[fund=state_capital_operations]"),
        ("四、上级补助收入", 0, "revenue[fund=superior_subsidy]"),
        ("五、事业收入", 0, "revenue[fund=business]"),
        ("六、经营收入", 0, "revenue[fund=operating]"),
        ("七、附属单位上缴收入", 0, "revenue[fund=affiliate_remittance]"),
        ("八、其他收入", sum(OTHER_REVENUE.values()), "revenue[fund=other]"),
    ]
    names = "一般公共服务 外交 国防 公共安全 教育 科学技术 文化旅游体育与传媒 社会保障和就业 卫生健康 节能环保 城乡社区"
    names += " 农林水 交通运输 资源勘探工业信息等 商业服务业等 金融 援助其他地区 自然资源海洋气象等 住房保障 粮油物资储备"
    names += " 国有资本经营预算 灾害防治及应急管理 其他"
    ordinals = (
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三"
    )
    codes = [*range(201, 209), *range(210, 218), *range(219, 225), 229]
    right = [
        (f"{ordinal}、{name}支出", below(SPENDING, str(code)), f"expenditure[function={code}]")
        for ordinal, name, code in zip(ordinals.split(), names.split(), codes, strict=True)
    ]
    rows = []
    for line, (label, fen, cell) in enumerate(right):
        own = left[line] if line < len(left) else None
        side = (
            (TableCell(own[0]), TableCell(str(line + 1), align="center"), amount(own[2], own[1]))
            if own
            else (TableCell(), TableCell(str(line + 1), align="center"), TableCell(align="right"))
        )
        rows.append(
            TableRow((*side, TableCell(label), TableCell(str(line + 28), align="center"), amount(cell, fen)))
        )
    closing = [
        ("本年收入合计", "revenue", TOTAL, "本年支出合计", "expenditure", TOTAL),
        ("使用非财政拨款结余", "use_of_nonfiscal_surplus", 0, "结余分配", "surplus_distribution", 0),
        ("年初结转和结余", "opening_balance", 0, "年末结转和结余", "closing_balance", 0),
        ("总计", "total_resources", TOTAL, "总计", "total_uses", TOTAL),
    ]
    for index, (name, cell, fen, name_right, cell_right, fen_right) in enumerate(closing):
        strong = index in (0, 3)
        rows.append(
            TableRow(
                (
                    TableCell(name, align="center", bold=strong),
                    TableCell(str(24 + index), align="center"),
                    amount(cell, fen, bold=strong),
                    TableCell(name_right, align="center", bold=strong),
                    TableCell(str(51 + index), align="center"),
                    amount(cell_right, fen_right, bold=strong),
                ),
                "total",
            )
        )
    sums: Sums = {
        (23, 2): tuple((row, 2, 1) for row in range(8)),
        (23, 5): tuple((row, 5, 1) for row in range(23)),
        (26, 2): tuple((row, 2, 1) for row in (23, 24, 25)),
        (26, 5): tuple((row, 5, 1) for row in (23, 24, 25)),
    }
    return Table(
        "收入支出决算总表",
        header(
            (head("收入", 3), head("支出", 3)),
            [head(text) for text in ("项目", "行次", "金额", "项目（按功能分类）", "行次", "金额")],
            numbered=TableRow(
                tuple(TableCell(text, align="center") for text in ("栏次", "", "1") * 2), "numbers"
            ),
        ),
        tuple(rows),
        (3.4, 0.7, 1.7, 3.4, 0.7, 1.7),
        "公开01表",
        DEPARTMENT,
        "万元",
        ("注：本表反映部门本年度的总收支和年末结转结余情况。", "注：本表金额单位转换时可能存在尾数误差。"),
        name="total",
        sums=sums,
    )


def functional_table(
    number: str,
    title: str,
    columns: Sequence[tuple[str, Callable[[str], int], str]],
    note: str,
    *,
    landscape: bool,
) -> Table:
    """One row per functional code, total first; the first value column is the sum of the others."""
    codes = list(FUNCTIONS)
    count = len(columns)

    def row(code: str) -> list[TableCell]:
        cells = []
        for _, value, cell in columns:
            place = str(Cell.parse(cell).where({"function": code} if code else {}))
            cells.append(amount(place, value(code), bold=len(code) <= 3))
        return cells

    body = [TableRow((TableCell("合计", columns=2, align="center", bold=True), *row("")), "total")]
    sums: Sums = {}
    for index, code in enumerate(["", *codes]):
        level = {3: 0, 5: 1, 7: 2}.get(len(code), 0)
        if code:
            name = TableCell(FUNCTIONS[code], indent=level, bold=level == 0)
            body.append(TableRow((TableCell(code), name, *row(code))))
        sums[index, 2] = tuple((index, 3 + place, 1) for place in range(count - 1))
        deeper = {0: 3, 3: 5, 5: 7}.get(len(code))
        children = [
            place for place, child in enumerate(codes, 1) if len(child) == deeper and child.startswith(code)
        ]
        for column in range(3, 2 + count):
            if children:
                sums[index, column] = tuple((child, column, 1) for child in children)
    return Table(
        title,
        header(
            (head("项目", 2), *(head(text, rows=2) for text, _, _ in columns)),
            (head("功能分类科目编码"), head("科目名称")),
            numbered=numbers("栏次", count, 2),
        ),
        tuple(body),
        (1.3, 4.0, *[1.7] * count),
        number,
        DEPARTMENT,
        "万元",
        (note,),
        landscape,
        name=f"functional_{number[2:4]}",
        sums=sums,
    )


def economic_table() -> Table:
    """公开06表: three blocks of economic items side by side."""
    blocks = []
    for leaves in (PERSONNEL, PUBLIC_SERVICES, PUBLIC_CAPITAL):
        rows: list[tuple[str, str, int]] = []
        for code, (name, fen) in leaves.items():
            if not any(known == code[:3] for known, _, _ in rows):
                total = sum(value for leaf, (_, value) in leaves.items() if leaf.startswith(code[:3]))
                rows.append((code[:3], ECONOMIC_CLASSES[code[:3]], total))
            rows.append((code, name, fen))
        blocks.append(rows)
    sums: Sums = {}
    body = []
    for line in range(max(map(len, blocks))):
        cells: list[TableCell] = []
        for place, rows in enumerate(blocks):
            if line >= len(rows):
                cells += [TableCell(), TableCell(), TableCell(align="right")]
                continue
            code, name, fen = rows[line]
            strong = len(code) == 3
            cell = f"expenditure[economic={code},fund=general_public_budget,nature=basic]"
            cells += [
                TableCell(code, bold=strong),
                TableCell(name, indent=int(not strong), bold=strong),
                amount(cell, fen, bold=strong),
            ]
            if strong:
                column = 3 * place + 2
                sums[line, column] = tuple(
                    (index, column, 1)
                    for index, (leaf, _, _) in enumerate(rows)
                    if leaf.startswith(code) and leaf != code
                )
        body.append(TableRow(tuple(cells)))
    last = len(body)
    classes = list(sums)
    sums[last, 2] = tuple((row, column, 1) for row, column in classes if column == 2)
    sums[last, 8] = tuple((row, column, 1) for row, column in classes if column != 2)
    basic = "expenditure[economic={},fund=general_public_budget,nature=basic]"
    body.append(
        TableRow(
            (
                head("人员经费合计", 2),
                amount(basic.format("personnel"), PERSONNEL_TOTAL, bold=True),
                head("公用经费合计", 5),
                amount(basic.format("public"), PUBLIC_TOTAL, bold=True),
            ),
            "total",
        )
    )
    return Table(
        "一般公共预算财政拨款基本支出决算表",
        header(
            (head("人员经费", 3), head("公用经费", 6)),
            [head(text) for _ in range(3) for text in ("科目编码", "科目名称", "决算数")],
        ),
        tuple(body),
        (1.1, 3.2, 1.5) * 3,
        "公开06表",
        DEPARTMENT,
        "万元",
        ("注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。",),
        True,
        name="economic",
        sums=sums,
    )


def three_public_table() -> Table:
    """公开07表: one row of twelve figures under three header rows."""
    cells: list[TableCell] = []
    sums: Sums = {}
    for measure, amounts in (("initial_budget", THREE_PUBLIC_BUDGET), ("actual", THREE_PUBLIC_ACTUAL)):
        first = len(cells)
        vehicles = amounts["purchase"] + amounts["running"]
        cells += [
            amount(f"{concept}#{measure}", fen)
            for concept, fen in (
                ("three_public_spending", sum(amounts.values())),
                ("overseas_travel_spending", amounts["overseas"]),
                ("official_vehicle_spending", vehicles),
                ("official_vehicle_purchase", amounts["purchase"]),
                ("official_vehicle_running", amounts["running"]),
                ("official_reception_spending", amounts["reception"]),
            )
        ]
        sums[0, first] = tuple((0, first + place, 1) for place in (1, 2, 5))
        sums[0, first + 2] = ((0, first + 3, 1), (0, first + 4, 1))
    half = (
        head("合计", rows=2),
        head("因公出国（境）费", rows=2),
        head("公务用车购置及运行费", 3),
        head("公务接待费", rows=2),
    )
    third = (head("小计"), head("公务用车购置费"), head("公务用车运行费"))
    return Table(
        "一般公共预算财政拨款“三公”经费支出决算表",
        header(
            (head("预算数", 6), head("决算数", 6)),
            half * 2,
            third * 2,
            numbered=TableRow(
                tuple(TableCell(str(place), align="center") for place in range(1, 13)), "numbers"
            ),
        ),
        (TableRow(tuple(cells)),),
        (1.0,) * 12,
        "公开07表",
        DEPARTMENT,
        "万元",
        ("注：本表反映部门本年度“三公”经费支出预决算情况。",),
        True,
        name="three_public",
        sums=sums,
    )


def empty_table(number: str, title: str, columns: Sequence[str], statement: str) -> Table:
    """A form without a figure this year: header, one blank row, and the statement."""
    return Table(
        title,
        header(
            (head("项目", 2), *(head(text, rows=2) for text in columns)),
            (head("功能分类科目编码"), head("科目名称")),
        ),
        (
            TableRow(
                (TableCell("合计", columns=2, align="center"), *[TableCell(align="right")] * len(columns)),
                "total",
            ),
        ),
        (1.3, 4.0, *[1.7] * len(columns)),
        number,
        DEPARTMENT,
        "万元",
        (f"注：{DEPARTMENT}{statement}",),
        empty=True,
        name=f"empty_{number[2:4]}",
    )
