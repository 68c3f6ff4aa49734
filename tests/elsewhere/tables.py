"""The public tables as provinces print them: with 行次 or 栏次, in 万元 or 元, codes in one cell or three, blanks or zeros."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from elsewhere.blocks import Span, Table
from elsewhere.department import WAN, YUAN, Department, Item, shown

CLASSES = [
    "一般公共服务支出",
    "外交支出",
    "国防支出",
    "公共安全支出",
    "教育支出",
    "科学技术支出",
    "文化旅游体育与传媒支出",
    "社会保障和就业支出",
    "卫生健康支出",
    "节能环保支出",
    "城乡社区支出",
    "农林水支出",
    "交通运输支出",
    "资源勘探工业信息等支出",
    "商业服务业等支出",
    "金融支出",
    "援助其他地区支出",
    "自然资源海洋气象等支出",
    "住房保障支出",
    "粮油物资储备支出",
    "国有资本经营预算支出",
    "灾害防治及应急管理支出",
    "其他支出",
    "债务还本支出",
    "债务付息支出",
    "抗疫特别国债安排的支出",
]
CHINESE = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
]


@dataclass(frozen=True)
class Look:
    """How a province prints its tables."""

    unit: Decimal = WAN
    separators: bool = False
    zero: str = ""
    rows_numbered: bool = False
    columns_numbered: bool = False
    code_cells: int = 1
    titles: tuple[str, ...] = ()

    def fen(self, fen: int) -> str:
        return shown(fen, self.unit, self.separators) if fen else self.zero

    @property
    def above(self) -> str:
        return "单位：元" if self.unit == YUAN else "金额单位：万元"


TITLES = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "一般公共预算财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)


def tables(department: Department, look: Look) -> list[Table]:
    """The nine tables of a department."""
    titles = look.titles or TITLES
    makers = (_summary, _revenue, _expenditure, _fiscal, _general, _basic, _three, _fund, _capital)
    made = []
    for number, (title, make) in enumerate(zip(titles, makers, strict=True), 1):
        above = (f"公开{number:02}表", f"部门：{department.name}", look.above)
        rows, below = make(department, look)
        made.append(Table(title, above, tuple(rows), below))
    return made


def _all_items(department: Department) -> list[tuple[Item, int, int]]:
    """Each item with basic and project expenditure of all money; what is not fiscal falls on the last project."""
    own = [(item, item.basic, item.project) for item in department.items]
    at = max(index for index, (item, _, project) in enumerate(own) if project)
    item, basic, project = own[at]
    own[at] = (item, basic, project + department.extra)
    if department.fund:
        own.append((department.fund, 0, department.fund.project))
    return sorted(own, key=lambda each: each[0].code)


def _levels(items: list[tuple[Item, int, int]]) -> list[tuple[str, str, int, int]]:
    """Rows of class, group and item: code, name, basic, project."""
    rows: list[tuple[str, str, int, int]] = []
    for length in (3, 5, 7):
        codes = dict.fromkeys(item.code[:length] for item, _, _ in items)
        for code in codes:
            of = [each for each in items if each[0].code.startswith(code)]
            name = of[0][0].names[(length - 3) // 2]
            rows.append((code, name, sum(each[1] for each in of), sum(each[2] for each in of)))
    return sorted(rows)


def _numbered(look: Look, *cells: str) -> list[str]:
    return list(cells) if look.columns_numbered else []


def _code(look: Look, code: str) -> list[str]:
    if look.code_cells == 1:
        return [code]
    return [code[:3], code[3:5], code[5:7]]


def _head(look: Look, columns: list[str]) -> list[list[str | Span]]:
    """The two or three head rows of a table by functional items."""
    wide = look.code_cells
    first: list[str | Span] = [Span("项目", wide + 1), *(Span(each, 1, 2) for each in columns)]
    second: list[str | Span] = [
        Span("功能分类科目编码" if wide == 1 else "支出功能分类科目编码", wide),
        "科目名称",
    ]
    rows = [first, second]
    if look.columns_numbered:
        rows.append([Span("栏次", wide + 1), *(str(number) for number in range(1, len(columns) + 1))])
    return rows


def _summary(department: Department, look: Look):  # type: ignore[no-untyped-def]
    by_class: dict[str, int] = {}
    for item, basic, project in _all_items(department):
        by_class[item.names[0]] = by_class.get(item.names[0], 0) + basic + project
    left = [
        ("一、一般公共预算财政拨款收入", department.general),
        ("二、政府性基金预算财政拨款收入", department.fund_total),
        ("三、国有资本经营预算财政拨款收入", 0),
        ("四、上级补助收入", 0),
        ("五、事业收入", department.business),
        ("六、经营收入", 0),
        ("七、附属单位上缴收入", 0),
        ("八、其他收入", department.other),
    ]
    line = ["行次"] if look.rows_numbered else []
    rows: list[list[str | Span]] = [
        [Span("收入", 2 + len(line)), Span("支出", 2 + len(line))],
        ["项目", *line, "决算数", "项目", *line, "决算数"],
    ]
    if look.columns_numbered:
        rows.append(["栏次", *([""] if line else []), "1", "栏次", *([""] if line else []), "2"])
    body = [
        ("", 0, f"{number}、{name}", by_class.get(name, 0))
        for number, name in zip(CHINESE, CLASSES, strict=True)
    ]
    body = [(*(left[at] if at < len(left) else ("", 0)), *each[2:]) for at, each in enumerate(body)]
    body += [
        ("本年收入合计", department.revenue, "本年支出合计", department.spent),
        ("使用非财政拨款结余", department.surplus, "结余分配", 0),
        ("年初结转和结余", department.opening, "年末结转和结余", department.closing),
        ("总计", department.total, "总计", department.total),
    ]
    size = len(body)
    for at, (name, fen, other, spent) in enumerate(body, 1):
        first, second = ([str(at)], [str(at + size)]) if line else ([], [])
        rows.append([name, *first, look.fen(fen) if name else "", other, *second, look.fen(spent)])
    return rows, "注：本表反映部门本年度的总收支和年末结转结余情况。"


def _revenue(department: Department, look: Look):  # type: ignore[no-untyped-def]
    columns = [
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    items = [(item, item.total, 0) for item in department.items]
    if department.fund:
        items.append((department.fund, department.fund.total, 0))
    last = max(at for at, (item, _, _) in enumerate(items) if item.project and item is not department.fund)
    rows = _head(look, columns)
    wide = look.code_cells

    def line(code: list[str | Span], name: list[str], fiscal: int, has: bool) -> list[str | Span]:
        business, other = (department.business, department.other) if has else (0, 0)
        total = fiscal + business + other
        amounts = (total, fiscal, 0, business, 0, 0, other)
        return [*code, *name, *(look.fen(each) for each in amounts)]

    rows.append(line([Span("合计", wide + 1)], [], department.fiscal, True))
    special = items[last][0].code
    for code, name, fiscal, _ in _levels(sorted(items, key=lambda each: each[0].code)):
        rows.append(line([*_code(look, code)], [name], fiscal, special.startswith(code)))
    return rows, "注：本表反映部门本年度取得的各项收入情况。"


def _expenditure(department: Department, look: Look):  # type: ignore[no-untyped-def]
    columns = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    rows = _head(look, columns)
    total = (department.spent, department.basic, department.project, 0, 0, 0)
    rows.append([Span("合计", look.code_cells + 1), *(look.fen(each) for each in total)])
    for code, name, basic, project in _levels(_all_items(department)):
        amounts = (basic + project, basic, project, 0, 0, 0)
        rows.append([*_code(look, code), name, *(look.fen(each) for each in amounts)])
    return rows, "注：本表反映部门本年度各项支出情况。"


def _fiscal(department: Department, look: Look):  # type: ignore[no-untyped-def]
    by_class: dict[str, tuple[int, int]] = {}
    for item in (*department.items, *((department.fund,) if department.fund else ())):
        general, fund = by_class.get(item.names[0], (0, 0))
        own = item is department.fund
        by_class[item.names[0]] = (general + (0 if own else item.total), fund + (item.total if own else 0))
    line = ["行次"] if look.rows_numbered else []
    funds = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    rows: list[list[str | Span]] = [
        [Span("收入", 2 + len(line)), Span("支出", 5 + len(line))],
        ["项目", *line, "金额", "项目", *line, *funds],
    ]
    left = [
        ("一、一般公共预算财政拨款", department.general),
        ("二、政府性基金预算财政拨款", department.fund_total),
        ("三、国有资本经营预算财政拨款", 0),
    ]
    body: list[tuple[str, int, str, int, int]] = []
    for at, (number, name) in enumerate(zip(CHINESE, CLASSES, strict=True)):
        general, fund = by_class.get(name, (0, 0))
        body.append((*(left[at] if at < 3 else ("", 0)), f"{number}、{name}", general, fund))
    both = (department.general, department.fund_total)
    body += [
        ("本年收入合计", department.fiscal, "本年支出合计", *both),
        ("年初财政拨款结转和结余", 0, "年末财政拨款结转和结余", 0, 0),
        ("总计", department.fiscal, "总计", *both),
    ]
    for at, (name, fen, other, general, fund) in enumerate(body, 1):
        first, second = ([str(at)], [str(at + len(body))]) if line else ([], [])
        amounts = (general + fund, general, fund, 0)
        rows.append(
            [
                name,
                *first,
                look.fen(fen) if name else "",
                other,
                *second,
                *(look.fen(each) for each in amounts),
            ]
        )
    return (
        rows,
        "注：本表反映部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
    )


def _general(department: Department, look: Look):  # type: ignore[no-untyped-def]
    rows = _head(look, ["小计", "基本支出", "项目支出"])
    total = (department.general, department.basic, department.general_project)
    rows.append([Span("合计", look.code_cells + 1), *(look.fen(each) for each in total)])
    for code, name, basic, project in _levels(
        [(item, item.basic, item.project) for item in department.items]
    ):
        rows.append(
            [*_code(look, code), name, *(look.fen(each) for each in (basic + project, basic, project))]
        )
    return rows, "注：本表反映部门本年度一般公共预算财政拨款支出情况。"


def _basic(department: Department, look: Look):  # type: ignore[no-untyped-def]
    left, right = [], []
    for head, name, side in (
        ("301", "工资福利支出", left),
        ("303", "对个人和家庭的补助", left),
        ("302", "商品和服务支出", right),
    ):
        own = {code: entry for code, entry in department.economic.items() if code.startswith(head)}
        side.append((head, name, sum(fen for _, fen in own.values())))
        side += [(code, entry[0], entry[1]) for code, entry in own.items()]
    rows: list[list[str | Span]] = [
        [Span("人员经费", 3), Span("公用经费", 3)],
        ["科目编码", "科目名称", "金额", "科目编码", "科目名称", "金额"],
    ]
    for at in range(max(len(left), len(right))):
        row = []
        for side in (left, right):
            code, name, fen = side[at] if at < len(side) else ("", "", 0)
            row += [code, name, look.fen(fen) if code else ""]
        rows.append(row)
    rows.append(
        [
            Span("人员经费合计", 2),
            look.fen(department.personnel),
            Span("公用经费合计", 2),
            look.fen(department.public),
        ]
    )
    return rows, "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"


def _three(department: Department, look: Look):  # type: ignore[no-untyped-def]
    half: list[str | Span] = [
        Span("合计", 1, 2),
        Span("因公出国（境）费", 1, 2),
        Span("公务用车购置及运行费", 3),
        Span("公务接待费", 1, 2),
    ]
    rows: list[list[str | Span]] = [
        [Span("预算数", 6), Span("决算数", 6)],
        [*half, *half],
        ["小计", "公务用车购置费", "公务用车运行费"] * 2,
    ]
    if look.columns_numbered:
        rows.append([str(number) for number in range(1, 13)])
    cells = []
    for kind in ("budget", "actual"):
        for each in (
            department.three,
            department.travel,
            department.vehicle,
            department.purchase,
            department.running,
            department.reception,
        ):
            cells.append(look.fen(getattr(each, kind)))
    rows.append(cells)
    return (
        rows,
        "注：本表反映部门本年度“三公”经费支出预决算情况。其中：预算数为“三公”经费全年预算数，决算数是包括当年一般公共预算财政拨款和以前年度结转资金安排的实际支出。",
    )


def _fund(department: Department, look: Look):  # type: ignore[no-untyped-def]
    wide = look.code_cells
    rows: list[list[str | Span]] = [
        [
            Span("项目", wide + 1),
            Span("年初结转和结余", 1, 2),
            Span("本年收入", 1, 2),
            Span("本年支出", 3),
            Span("年末结转和结余", 1, 2),
        ],
        [Span("功能分类科目编码", wide), "科目名称", "小计", "基本支出", "项目支出"],
    ]
    if look.columns_numbered:
        rows.append([Span("栏次", wide + 1), "1", "2", "3", "4", "5", "6"])

    def line(fen: int) -> list[str]:
        return [look.fen(each) for each in (0, fen, fen, 0, fen, 0)]

    rows.append([Span("合计", wide + 1), *line(department.fund_total)])
    if department.fund:
        for code, name, _, project in _levels([(department.fund, 0, department.fund.project)]):
            rows.append([*_code(look, code), name, *line(project)])
        return rows, "注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。"
    return (
        rows,
        f"说明：{department.name}本年度没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出，故本表无数据。",
    )


def _capital(department: Department, look: Look):  # type: ignore[no-untyped-def]
    wide = look.code_cells
    rows: list[list[str | Span]] = [
        [Span("项目", wide + 1), Span("本年支出", 3)],
        [Span("功能分类科目编码", wide), "科目名称", "小计", "基本支出", "项目支出"],
        [Span("合计", wide + 1), look.zero, look.zero, look.zero],
    ]
    return rows, f"说明：{department.name}本年度没有使用国有资本经营预算财政拨款安排的支出，故本表无数据。"
