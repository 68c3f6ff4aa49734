"""The words of a sentence that say what a figure is: actual, budget, change, growth, share, completion."""

from __future__ import annotations

import re

from mingzhang.read.narrative.subjects import local_label

UP = "增加|增长|上升|提高|增多|多支出|超支|增收|增支|增幅"
DOWN = "减少|下降|降低|减幅|节约|少支出|压减|减收|减支|降幅"
MOVED = re.compile(rf"(?P<up>{UP})|(?P<down>{DOWN})")
SHARE = re.compile(r"占比?(?P<base>[^,;。]{0,30}?)(?:的)?(?:比重|比例)?(?:为)?\Z")
COMPLETION = re.compile(
    r"(?:完成(?P<kind>年初|全年|调整)?预算(?:数)?的?(?:比例)?(?:为)?|(?P<rate>执行率|预算完成率)(?:为|达)?)\Z"
)
INITIAL = re.compile(r"年初预算(?:数)?(?:为|是|安排)?\Z")
ADJUSTED = re.compile(r"(?:(?:全年|调整后?)预算(?:数)?|预算(?:总额|金额))(?:为|是)?\Z")
BUDGET = re.compile(r"预算(?:数|安排)?(?:总计|合计|共计|总额)?(?:为|是)?\Z")
EXECUTED = re.compile(
    r"(?:支出决算(?:数)?|决算(?:数)?|实际(?:执行|使用|支出)(?:总额|金额|数)?|执行数)(?:为|是)?\Z"
)
AGAINST_BUDGET = re.compile(
    r"(?:比|较|与)(?:(?P<year>20\d\d)年度?|(?P<past>上年度?|去年|上一年度?))?(?P<kind>年初|全年|调整)?预算(?:数)?(?:相比)?"
)
LAST_YEAR = re.compile(
    r"(?:与|比|较)(?:(?P<year>20\d\d)年度?|上年度?|去年|上一年度?)的?(?:同期)?(?:累计|实际)?(?:支出|收入)?"
    r"(?P<final>执行数?|决算数?)?(?:合计|总额)?(?:相比)?的?|同比"
)
LAST_WAS = re.compile(r"[,;(]?(?:而)?(?:上年度?|去年|上一年度?)(?:同期)?(?:为|是|的)?\Z")
"""What stands before last year's figure where nothing compares with it: 办理120件,上年为100件."""
AGAIN = re.compile(
    rf"[,;(]?(?:(?:与|比|较)(?:20\d\d年度?|上年度?|去年|上一年度?)的?(?:同期)?(?:相比)?的?,?|同比)?(?:(?:{UP}|{DOWN})了?)?"
)
"""Words that say no more than how a count moved, so that it is the one before: 办理120件,较上年增加20件."""
GOES_ON = re.compile(r"其中[:,]")
"""A sentence that goes on to split the one before: what that compares with, its parts do."""
OF_YEAR = re.compile(
    r"(?<![比较与同至和、的])(?<!相比)(?P<year>20\d\d)年度?(?!(?:\d|末|初|底|以来|以前|结转|至|—|-))"
)
"""A year that a sentence speaks of, no base and no date."""
COMES_TO = re.compile(r"(?:相比)?,?(?:增加|减少|增长|下降|上升|降低)")
"""What stands behind the base of a comparison: 较2014年度合计16.08万元增加15.15万元."""
BUDGET_COMPARED = re.compile(r"预算(?:数|总额|安排)?(?:,)?(?:较|比|与)(?:20\d\d年度?|上年度?|去年|上一年度?)")
IN_BUDGET = re.compile(r"预算(?:数|安排|总额)?中[,:]|预算(?:数|安排|总额)?(?:为|是)?:?其中:?\Z")
OF_ALL = re.compile(r"(?:费|经费|支出|收入)\)?、[^,;:。]{2,30}[和及与]\Z")
"""Names before the last of several that share what follows: 出国费、用车费和接待费的预算数."""
BEYOND_BUDGET = re.compile(
    r"(?:(?P<more>大于|高于|超过?|多于)|(?P<less>小于|低于|少于))(?P<kind>年初|全年|调整)?预算(?:数)?\Z"
)
ASIDE = re.compile(r"(?:主要用于|用于|原因)[^。]*。")
"""A whole sentence of purpose or reason: what it names is not what the next figure is of."""
UNWRITTEN = re.compile(r"[【\[]待填写[^】\]]*[】\]]|占[^,;。%\d]{0,20}%")
"""The mark of what a draft still lacks, a share without its figure: they say nothing of what the next figure is of."""
MANY = re.compile(
    r"[^,;:。、]{2,}、[^,;:。]*等(?:各项|几项|方面)?(?:资金|支出|收入|经费|费用)?(?:共计?|合计|总计)?(?:为)?\Z"
)
"""Several names closed by 等 before a figure: 上级补助收入、上年结余等100万元 is of none of them alone."""
TOGETHER = re.compile(r"(?:项|者|部分|类)(?:合计|共计?|之和|总和)?占")
"""A share of what several figures come to: 两项合计占0.1%."""
WHOLE_AGAIN = re.compile(r"(?:总数|总额|总量|全部|合计|总计|其)?(?:的)?\Z")
"""What a share in a list says of its whole where it does not name it: 占总额的20%."""
RESPECTIVELY = re.compile(
    rf"收入?(?:、|和|与)?支出?(?:决算)?总(?:计|额)(?:决算)?数?(?:分别|各)(?:为|是|{UP}|{DOWN})?:?\Z"
)
"""Both sides named before two figures: 收、支总计分别为100万元和100万元."""
EACH = re.compile(r"分别|各")
AND = re.compile(r"[、,和及与]+")
LISTED = re.compile(r"(?::(?!其中)|中,)(?P<own>[^,;:]*[一-龥]{3,}[^,;:]*)\Z")
"""A list opened by a colon or by 中, with a name of its own before the figure."""
ROLE_TAIL = re.compile(
    r"总?(?:年初|全年|调整后?|实际|当年)*(?:支出|收入)?(?:年初)?(?:预算|决算|执行|使用|支出)(?:数|总额|金额|安排)?(?:为|是|合计|共计)?\Z"
)
YEAR_HEAD = re.compile(r"^(?:(?:20\d\d年度?|本年度?|当年|全年|财政拨款)+(?:安排|开支)?(?:的)?)")
OF_ITS_OWN = re.compile(
    r"(?<!项目)(?<!的)(?:费用?|经费|资金|补助|补贴|基金|支出|收入|工资福利|商品和服务|资本性|家庭的?)\Z"
)
LOOSE_WHOLE, YEARLY = re.compile(r"总收入(?:决算)?|总支出(?:决算)?"), ("revenue", "expenditure")
AVERAGE = re.compile(
    r"(?:平均每|每|平均)(?P<each>万?[一-龥]{1,2})\Z|(?P<of>[人户件次车辆])均(?:费用|支出|经费|成本)?\Z"
)
"""Words of an average over what was counted before it."""
PURPOSE = re.compile(r"用于[^;。]*\Z")
"""Words of a purpose, up to a name: what it names is not what a figure of a later clause is of."""
GENERAL_HEAD = re.compile(
    r"(?:单位|部门|[局院校所镇]|中心|全年|年度?|本年|当年|决算|总|全部|财政|财政拨款|收支|未名数[_\d]*)(?:总)?(?:支出|收入|额|数|计)?\Z"
)
"""Names of a list's head that may be those of all money, so that natures and funds listed under it are too."""
GENERAL = re.compile(
    r"^(?:该|本|此|各|所有|全部|部门|单位|项目|年初|总|支出|收入|经费|资金)+(?:的)?(?:支出|收入|经费|资金|总额)*\Z"
)
"""Words that name no subject of their own: 项目资金, 本部门支出."""


def own_name(words: str) -> str:
    """The subject that stands before role words, where it is none that all know; empty where there is none.

    >>> own_name("，2023年度财政拨款会议费支出预算"), own_name("，支出决算为")
    ('会议费', '')
    """
    phrase = local_label(ROLE_TAIL.sub("", words))
    phrase = YEAR_HEAD.sub("", phrase)
    return phrase if len(phrase) > 2 and OF_ITS_OWN.search(phrase) and not GENERAL.search(phrase) else ""


def last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The match that ends last."""
    return max(pattern.finditer(words), key=lambda found: found.end(), default=None)


def is_listed(after: str) -> bool:
    """Whether the words after a name open a list with a name of its own, and not only with 支出决算为."""
    found = LISTED.search(after)
    return found is not None and len(ROLE_TAIL.sub("", found["own"])) > 1


def role_words(words: str) -> bool:
    """Whether words end by saying what a figure is of a subject, and so need not name one."""
    ends = re.search(rf"(?:{UP}|{DOWN}|预算数?)\Z", words)
    past = last(LAST_YEAR, words)
    return (
        ends is not None
        or (past is not None and past.end() == len(words))
        or any(each.search(words) for each in (INITIAL, ADJUSTED, BUDGET, EXECUTED))
    )
