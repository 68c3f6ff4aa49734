"""The wording of heads and labels: what each says about a figure, whatever the province that prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from mingzhang.facts import ACTUAL, ADJUSTED_BUDGET, INITIAL_BUDGET, Measure
from mingzhang.read.texts import plain, unnumbered

BUDGET = Measure("initial_budget", "")
"""Stands for 预算数 until the table says which budget it means; compare with `is`."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Part of a coordinate that words state; empty where they state nothing. `year` is −1 where words say 上年."""

    concept: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()
    measure: Measure | None = None
    year: int = 0

    def with_(self, other: Meaning) -> Meaning:
        """This meaning made more exact by another."""
        return Meaning(
            other.concept or self.concept,
            tuple({**dict(self.dimensions), **dict(other.dimensions)}.items()),
            other.measure or self.measure,
            other.year or self.year,
        )


def _where(**dimensions: str) -> Meaning:
    return Meaning("", tuple(dimensions.items()))


_BALANCE = r"(?:财政拨款)?(?:资金)?结转(?:(?:和|及|与|、)?结余)?(?:资金)?"
_TERMS: tuple[tuple[str, Meaning], ...] = (
    (
        r"(?:本年)?(?:合计|小计|总计|共计|金额|决算数|决算金额|决算统计数|统计数|执行数|本年数)|决算|收入|支出|收支|收入决算|支出决算"
        r"|项目|栏次|本年度?(?:决算数?|金额)?|按?(?:支出)?(?:功能|经济)分类|支出功能分类科目|财政拨款安排数",
        Meaning(),
    ),
    (r"(?:本年)?收入合计|本年收入(?:合计|小计|决算数?)?|本年收入金额", Meaning("revenue")),
    (r"(?:本年)?支出合计|本年支出(?:合计|小计|决算数?)?|本年支出金额", Meaning("expenditure")),
    (rf"(?:年初|上年){_BALANCE}", Meaning("opening_balance")),
    (rf"(?:年末|期末){_BALANCE}|结转下年", Meaning("closing_balance")),
    (r"财政拨款(?:收入|支出|合计|小计)?|本年财政拨款", _where(fund="fiscal")),
    (
        r"一般公共预算(?:财政|当年)?(?:拨款)?(?:资金)?(?:收入|支出)?|公共预算财政拨款(?:收入|支出)?",
        _where(fund="general_public_budget"),
    ),
    (r"政府性基金(?:预算)?(?:财政)?(?:拨款)?(?:收入|支出)?", _where(fund="government_managed_funds")),
    (r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?(?:收入|支出)?", _where(fund="state_capital_operations")),
    (r"上级补助收入", _where(fund="superior_subsidy")),
    (r"事业收入", _where(fund="business")),
    (r"经营收入|事业单位经营收入", _where(fund="operating")),
    (r"附属单位(?:上缴|缴款|上交)(?:收入)?", _where(fund="affiliate_remittance")),
    (r"其他收入", _where(fund="other")),
    (r"基本支出(?:合计|小计|结转(?:和结余)?)?", _where(nature="basic")),
    (r"项目支出(?:合计|小计|结转(?:和结余)?)?", _where(nature="project")),
    (r"上缴上级支出", _where(nature="remittance_to_superior")),
    (r"经营支出", _where(nature="operating")),
    (r"对附属单位(?:的)?补助(?:支出)?", _where(nature="subsidy_to_affiliates")),
    (r"人员经费(?:支出)?(?:合计|小计)?", _where(economic="personnel")),
    (r"(?:日常)?公用经费(?:支出)?(?:合计|小计)?", _where(economic="public")),
    (r"(?:年初|年初批复)预算(?:数|金额)?", Meaning(measure=INITIAL_BUDGET)),
    (r"(?:全年|调整后?|本年调整|年度)预算(?:数|金额)?|预算调整数", Meaning(measure=ADJUSTED_BUDGET)),
    (r"(?:本年度?)?预算(?:数|金额)?", Meaning(measure=BUDGET)),
    (r"(?:上年度?|去年)(?:决算)?(?:数|金额)?", Meaning(measure=ACTUAL, year=-1)),
)
_COMPILED = tuple((re.compile(pattern), meaning) for pattern, meaning in _TERMS)
_YEAR = re.compile(r"(20[0-4]\d)年度?")
_BRACKETS = re.compile(
    r"\((?:单位:)?(?:[亿万]?元|人次?|个|辆|台|批次?|团组|%|A|B|C|B/A|含.{1,8}|不含.{1,8}|\d+)\)"
)


@lru_cache(maxsize=4096)
def term(text: str) -> str:
    """A head or label made comparable: no numbering, no bracketed unit, no colon at the end.

    >>> term("其中：政府性基金预算财政拨款（万元）")
    '政府性基金预算财政拨款'
    """
    return _BRACKETS.sub("", unnumbered(plain(text))).strip(":：,、*")


@lru_cache(maxsize=4096)
def meaning_of(text: str) -> Meaning | None:
    """What one text says; an empty meaning for words like 合计, None for words that nobody here knows.

    >>> meaning_of("项目支出").dimensions, meaning_of("小计") == Meaning(), meaning_of("房屋租金")
    ((('nature', 'project'),), True, None)
    """
    words = term(text)
    if dated := _YEAR.match(words):
        rest = meaning_of(words[dated.end() :])
        return None if rest is None else rest.with_(Meaning(year=int(dated[1])))
    if not words:
        return Meaning()
    return next((meaning for pattern, meaning in _COMPILED if pattern.fullmatch(words)), None)


def meaning_of_path(texts: Iterable[str]) -> Meaning | None:
    """What the heads over a column say together, from the top down; None where one of them is unknown.

    >>> meaning_of_path(("本年支出", "基本支出")).concept
    'expenditure'
    """
    whole = Meaning()
    for text in texts:
        part = meaning_of(text)
        if part is None:
            return None
        whole = whole.with_(part)
    return whole


def settled(meaning: Meaning, budget: Measure) -> Meaning:
    """The meaning with 预算数 turned into the budget that the table means by it."""
    return replace(meaning, measure=budget) if meaning.measure is BUDGET else meaning


_PUBLIC: tuple[tuple[str, str], ...] = (
    (r"外事接待批次", "foreign_reception_batches"),
    (r"外事接待(?:人次|人数)", "foreign_reception_guests"),
    (r"国内(?:公务)?接待批次数?", "official_reception_batches"),
    (r"国内(?:公务)?接待(?:人次|人数)数?", "official_reception_guests"),
    (r"因公出国\(境\)团组数?", "overseas_travel_groups"),
    (r"因公出国\(境\)(?:人次|人数)数?", "overseas_travel_persons"),
    (r"公务用车购置(?:数量?|辆数)", "official_vehicles_purchased"),
    (r"公务用车保有(?:数|量|数量)", "official_vehicles_kept"),
    (r"因公出国\(境\)(?:费用?|经费|支出)?", "overseas_travel_spending"),
    (
        r"公务用车(?:购置及|购置和|购置、)?运行(?:维护)?费?(?:及|和)购置费?|公务用车购置(?:及|和|、|与)?运行(?:维护)?(?:费用?)?(?:支出)?",
        "official_vehicle_spending",
    ),
    (r"(?:公务用车|车辆)?购置费用?(?:支出)?|公务用车购置(?:支出)?", "official_vehicle_purchase"),
    (r"(?:公务用车|车辆)?运行(?:维护)?费用?(?:支出)?", "official_vehicle_running"),
    (r"公务接待费?用?(?:支出)?", "official_reception_spending"),
    (r".*\"?三公\"?经费(?:支出)?(?:合计|小计|总额|预算数|决算数)?|\(?一\)?支出合计", "three_public_spending"),
    (r"机关运行经费(?:支出)?(?:合计)?", "operating_costs"),
)
_PUBLIC_COMPILED = tuple((re.compile(pattern), concept) for pattern, concept in _PUBLIC)


@lru_cache(maxsize=4096)
def three_public_concept(text: str) -> str:
    """The concept of the “三公” family that a head or label names; empty where it names none.

    >>> three_public_concept("（1）公务用车购置费"), three_public_concept("公务用车购置及运行维护费")
    ('official_vehicle_purchase', 'official_vehicle_spending')
    """
    words = term(text)
    return next((concept for pattern, concept in _PUBLIC_COMPILED if pattern.fullmatch(words)), "")


def local_name(*parts: str) -> str:
    """The concept of a figure whose subject nobody knows: its own words, without the signs of coordinates.

    >>> local_name("人员情况", "在职人员（人）")
    '人员情况·在职人员人'
    """
    cleaned = (re.sub(r"[\[\]@#(),=/·\s]", "", plain(part)) for part in parts)
    return "·".join(part[:40] for part in cleaned if part) or "未名数"
