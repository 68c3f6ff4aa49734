"""A hand-made disclosure of an invented bureau with every kind of block, for the writers' tests."""

from datetime import date
from fractions import Fraction

from sample_books import (
    BASIC,
    DEPARTMENT,
    ENTITY,
    FUNCTIONS,
    LAST_YEAR_FISCAL,
    LAST_YEAR_TOTAL,
    OTHER_REVENUE,
    PERSONNEL_TOTAL,
    PROJECTS,
    PUBLIC_TOTAL,
    YEAR,
    below,
)
from sample_tables import (
    SPENDING,
    TOTAL,
    economic_table,
    empty_table,
    functional_table,
    money,
    three_public_table,
    total_table,
)

from mingzhang.documents import (
    Block,
    Chart,
    Contents,
    Document,
    Figure,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Series,
    Span,
    Table,
)
from mingzhang.numbers import PERCENT, print_value

FISCAL = TOTAL - sum(OTHER_REVENUE.values())


def sample_document() -> Document:
    """The whole document: six parts, eight tables, four charts, a glossary, a missing reason, the mark 示例数据."""
    metadata = Metadata(
        department=DEPARTMENT,
        year=YEAR,
        edition="hubei_wuhan_fy2021",
        published_on=date(2025, 9, 12),
        watermark="示例数据",
        subtitle="本文件全部单位、人员与数字均为虚构",
        author=DEPARTMENT,
    )
    blocks: list[Block] = [
        Contents(),
        *_overview(),
        *_tables(),
        *_explanation(),
        *_key_work(),
        *_glossary(),
        *_annexes(),
    ]
    return Document(f"{DEPARTMENT}{YEAR}年度部门决算", metadata, tuple(blocks))


def text(*pieces: str | Span | Figure, kind: str = "body") -> Paragraph:
    """A paragraph from words and figures; a figure prints its digits and its unit follows."""
    spans: list[Span] = []
    for piece in pieces:
        if isinstance(piece, Figure):
            spans += [Span(piece.text, piece), Span(piece.unit)]
        else:
            spans.append(Span(piece) if isinstance(piece, str) else piece)
    return Paragraph(tuple(spans), kind)


def share(fen: int, whole: int, cell: str) -> Figure:
    """A share of a whole, in %."""
    value = Fraction(fen, whole)
    return Figure(f"{cell}@{ENTITY}/{YEAR}#share(of=expenditure)", value, print_value(value, PERCENT), "%")


def _count(concept: str, value: int, unit: str) -> Figure:
    return Figure(f"{concept}@{ENTITY}/{YEAR}#actual", Fraction(value), str(value), unit)


def _part(title: str) -> list[Block]:
    return [PageBreak(), Heading(1, title)]


def _overview() -> list[Block]:
    duties = (
        "承担全面依法治区重大问题的政策研究，协调有关方面提出规划建议，负责相关重大决策的督察工作。",
        "承担区政府规范性文件和重大行政决策的合法性审查，办理行政复议和行政应诉案件，综合协调行政执法监督。",
        "统筹规划法治社会建设，组织实施普法宣传，指导人民调解、人民监督员选任管理和司法所建设。",
        "指导、管理社区矫正工作，统筹公共法律服务体系和平台建设，指导、监督律师、法律援助和基层法律服务工作。",
    )
    return [
        *_part(f"第一部分 {DEPARTMENT}概况"),
        Heading(2, "一、部门主要职能", "functions"),
        *(text(f"{index}. {duty}") for index, duty in enumerate(duties, 1)),
        Heading(2, "二、机构设置情况", "units"),
        text(
            "从单位构成看，部门决算由局本级决算和", _count("units_subordinate", 1, "个"), "下属单位决算组成。"
        ),
        text(f"1. {DEPARTMENT}（本级）", kind="list"),
        text("2. 东澜市青岚区法律援助中心", kind="list"),
        Heading(2, "三、部门人员构成", "staff"),
        text(
            "在职实有人数",
            _count("staff_in_post", 61, "人"),
            "，其中：行政",
            _count("staff_in_post[staff=administrative]", 56, "人"),
            "，事业",
            _count("staff_in_post[staff=institution]", 5, "人"),
            "。",
        ),
    ]


def _tables() -> list[Block]:
    def spending(code: str) -> int:
        return below(SPENDING, code)

    def other(code: str) -> int:
        return below(OTHER_REVENUE, code)

    def none(code: str) -> int:
        return 0

    revenue = [
        ("本年收入合计", spending, "revenue"),
        ("财政拨款收入", lambda code: spending(code) - other(code), "revenue[fund=fiscal]"),
        ("上级补助收入", none, "revenue[fund=superior_subsidy]"),
        ("事业收入", none, "revenue[fund=business]"),
        ("经营收入", none, "revenue[fund=operating]"),
        ("附属单位上缴收入", none, "revenue[fund=affiliate_remittance]"),
        ("其他收入", other, "revenue[fund=other]"),
    ]
    natures = [
        ("本年支出合计", spending, "expenditure"),
        ("基本支出", lambda code: below(BASIC, code), "expenditure[nature=basic]"),
        ("项目支出", lambda code: below(PROJECTS, code), "expenditure[nature=project]"),
        ("上缴上级支出", none, "expenditure[nature=remittance_to_superior]"),
        ("经营支出", none, "expenditure[nature=operating]"),
        ("对附属单位补助支出", none, "expenditure[nature=subsidy_to_affiliates]"),
    ]
    year = "注：本表反映部门本年度"
    tables: list[Table] = [
        total_table(),
        functional_table("公开02表", "收入决算表", revenue, f"{year}取得的各项收入情况。", landscape=True),
        functional_table("公开03表", "支出决算表", natures, f"{year}各项支出情况。", landscape=True),
        functional_table(
            "公开05表",
            "一般公共预算财政拨款支出决算表",
            natures[:3],
            f"{year}一般公共预算财政拨款支出情况。",
            landscape=False,
        ),
        economic_table(),
        three_public_table(),
        empty_table(
            "公开08表",
            "政府性基金预算财政拨款收入支出决算表",
            ("年初结转和结余", "本年收入", "本年支出", "年末结转和结余"),
            "没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出，故本表无数据。",
        ),
        empty_table(
            "公开09表",
            "国有资本经营预算财政拨款支出决算表",
            ("合计", "基本支出", "项目支出"),
            "没有使用国有资本经营预算财政拨款安排的支出，故本表无数据。",
        ),
    ]
    blocks = _part(f"第二部分 {DEPARTMENT}{YEAR}年度部门决算表")
    for numeral, table in zip("一二三四五六七八", tables, strict=True):
        blocks += [Heading(2, f"{numeral}、{table.title}", table.name), table]
    return blocks


def _bars(name: str, caption: str, this_year: int, last_year: int, fund: str) -> Chart:
    figures = [
        tuple(
            money(f"{concept}{fund}", fen, year) for fen, year in ((last_year, YEAR - 1), (this_year, YEAR))
        )
        for concept in ("total_resources", "total_uses")
    ]
    series = (Series("收入", figures[0]), Series("支出", figures[1]))
    description = f"{YEAR - 1}年度与{YEAR}年度收、支总计对比，单位为万元。"
    return Chart(name, caption, "bars", (f"{YEAR - 1}年度", f"{YEAR}年度"), series, "万元", description)


def _ring(name: str, caption: str, parts: dict[str, tuple[str, int]]) -> Chart:
    figures = tuple(money(cell, fen) for cell, fen in parts.values())
    return Chart(
        name, caption, "ring", tuple(parts), (Series("金额", figures),), "万元", f"{caption}，各项占比。"
    )


def _explanation() -> list[Block]:
    total = money("expenditure", TOTAL)
    change = TOTAL - LAST_YEAR_TOTAL
    classes = [code for code in FUNCTIONS if len(code) == 3]
    uses: list[str | Figure] = []
    for place, code in enumerate(classes):
        amount, cell = below(SPENDING, code), f"expenditure[function={code}]"
        end = "。" if place == len(classes) - 1 else "；"
        uses += [
            f"{FUNCTIONS[code].removesuffix('支出')}（类）支出",
            money(cell, amount),
            "，占",
            share(amount, TOTAL, cell),
            end,
        ]
    return [
        *_part(f"第三部分 {DEPARTMENT}{YEAR}年度部门决算情况说明"),
        Heading(2, "一、收入支出决算总体情况说明", "overall"),
        text(
            f"{YEAR}年度收、支总计",
            money("total_uses", TOTAL),
            "。与上年度相比，收、支总计各增加",
            money("total_uses#change(of=2023)", change),
            "，主要原因是",
            Span("【待填写 收、支总计变动的主要原因】", missing=True),
            "。",
        ),
        _bars("totals", "图1：收、支决算总计变动情况", TOTAL, LAST_YEAR_TOTAL, ""),
        Heading(2, "二、收入决算情况说明", "revenue"),
        text(
            f"{YEAR}年度收入合计",
            money("revenue", TOTAL),
            "。其中：财政拨款收入",
            money("revenue[fund=fiscal]", FISCAL),
            "，占本年收入",
            share(FISCAL, TOTAL, "revenue[fund=fiscal]"),
            "。",
        ),
        _ring(
            "revenue_structure",
            "图2：收入决算结构",
            {
                "财政拨款收入": ("revenue[fund=fiscal]", FISCAL),
                "其他收入": ("revenue[fund=other]", TOTAL - FISCAL),
            },
        ),
        Heading(2, "三、支出决算情况说明", "expenditure"),
        text(
            f"{YEAR}年度支出合计",
            total,
            "。其中：基本支出",
            money("expenditure[nature=basic]", sum(BASIC.values())),
            "，项目支出",
            money("expenditure[nature=project]", sum(PROJECTS.values())),
            "。",
        ),
        _ring(
            "expenditure_structure",
            "图3：支出决算结构",
            {
                "基本支出": ("expenditure[nature=basic]", sum(BASIC.values())),
                "项目支出": ("expenditure[nature=project]", sum(PROJECTS.values())),
            },
        ),
        Heading(2, "四、财政拨款收入支出决算总体情况说明", "fiscal"),
        text(f"{YEAR}年度财政拨款收、支总计", money("total_uses[fund=fiscal]", FISCAL), "。"),
        _bars(
            "fiscal_totals", "图4：财政拨款收、支决算总计变动情况", FISCAL, LAST_YEAR_FISCAL, "[fund=fiscal]"
        ),
        Heading(2, "五、一般公共预算财政拨款支出决算情况说明", "general"),
        Heading(3, "（一）财政拨款支出决算结构情况"),
        text(f"{YEAR}年度财政拨款支出", total, "，主要用于以下方面：", *uses),
        Heading(3, "（二）财政拨款基本支出情况"),
        text(
            "人员经费",
            money("expenditure[economic=personnel]", PERSONNEL_TOTAL),
            "，公用经费",
            money("expenditure[economic=public]", PUBLIC_TOTAL),
            "。",
        ),
    ]


def _key_work() -> list[Block]:
    sentence = (
        "坚持问题导向，完善公共法律服务实体、热线和网络平台，健全人民调解组织网络，"
        "规范社区矫正执法，推动行政复议提质增效，组织普法宣传进机关、进学校、进社区、进企业。"
    )
    return [
        *_part(f"第四部分 {YEAR}年重点工作完成情况"),
        Heading(2, "一、推进依法行政", "lawful"),
        text(sentence * 6),
        text(
            "全年受理法律援助案件",
            _count("legal_aid_cases", 1286, "件"),
            "，调解矛盾纠纷",
            _count("mediation_cases", 10_472, "件"),
            "。",
            sentence * 3,
        ),
        Heading(2, "二、优化公共法律服务", "service"),
        *(text(f"{sentence}第{index}项措施已经落实。") for index in range(1, 9)),
    ]


def _glossary() -> list[Block]:
    terms = {
        "财政拨款收入": "指本级财政部门当年拨付的资金。",
        "其他收入": "指除财政拨款收入、事业收入、经营收入等以外取得的收入。",
        "基本支出": "指为保障机构正常运转、完成日常工作任务而发生的支出，包括人员经费和公用经费。",
        "项目支出": "指在基本支出之外，为完成特定的行政任务或事业发展目标所发生的支出。",
        "“三公”经费": "指用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。",
    }
    entries = (
        text(Span(f"（{numeral}）{term}：", bold=True), meaning, kind="list")
        for numeral, (term, meaning) in zip("一二三四五", terms.items(), strict=True)
    )
    return [*_part("第五部分 名词解释"), *entries]


def _annexes() -> list[Block]:
    return [
        *_part("第六部分 附件"),
        Heading(2, f"一、{YEAR}年度部门整体支出绩效自评表", "annex"),
        text("自评得分", _count("performance_score", 96, "分"), "，等次为优。"),
        text("附件随决算一并公开。", kind="note"),
    ]
