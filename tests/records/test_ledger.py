"""Checking and posting vouchers."""

import time
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import Entry, VoucherDraft, check, post
from mingzhang.records.models import Classification, PeriodLock, Voucher, VoucherLine

DAY = date(2021, 3, 15)
SPENT = {"function": "2040601", "economic": "30201", "nature": "basic", "fund": "general_public_budget"}


def spending(fen=10000, on=DAY, **changes):
    draft = VoucherDraft(
        "office",
        on,
        "购办公用品",
        (Entry("D", "5001", fen), Entry("C", "1011", fen)),
        (Entry("D", "71010101", fen, **SPENT), Entry("C", "800101", fen)),
    )
    return replace(draft, **changes)


def found(draft):
    return [problem.code for problem in check(draft)]


def with_spending(**changes):
    draft = spending()
    line = replace(draft.budgetary[0], **changes)
    return replace(draft, budgetary=(line, draft.budgetary[1]))


def test_a_posted_voucher_keeps_every_attribute(bureau):
    """What was posted can be read back line by line."""
    posted = post([spending(event_key="paper-1", prepared_by="甲")])
    assert (posted.vouchers, posted.lines, posted.numbers) == (1, 4, ("记-2021-03-0001",))
    voucher = Voucher.objects.get()
    assert (voucher.event_key, voucher.prepared_by, voucher.year, voucher.month) == ("paper-1", "甲", 2021, 3)
    line = voucher.lines.get(sequence=3)
    assert (line.system, line.account, line.debit, line.fen) == ("B", "71010101", True, 10000)
    assert {name: getattr(line, name) for name in SPENT} == SPENT
    assert (line.kind, line.source, line.project, line.detail, line.counterparty) == (
        "ordinary",
        "current",
        "",
        "",
        "",
    )


def test_the_same_event_posted_twice_changes_nothing(bureau):
    """event_key makes posting idempotent, within a batch and between batches."""
    first = post([spending(event_key="a"), spending(event_key="a"), spending(event_key="b")])
    again = post([spending(event_key="b"), spending(event_key="a", fen=1)])
    assert (first.vouchers, first.skipped, again.vouchers, again.skipped) == (2, 1, 0, 2)
    assert again.numbers == ("记-2021-03-0002", "记-2021-03-0001")
    assert VoucherLine.objects.count() == 8


def test_numbers_follow_unit_month_and_date(bureau):
    """Numbers do not depend on the order in which vouchers of different days are given."""
    late, early, other = (
        spending(on=date(2021, 3, 20)),
        spending(on=date(2021, 3, 2)),
        spending(on=date(2021, 4, 1)),
    )
    assert post([late, other, early]).numbers == ("记-2021-03-0002", "记-2021-04-0001", "记-2021-03-0001")
    assert post([spending(kind="adjusting"), spending()]).numbers == ("调-2021-03-0001", "记-2021-03-0003")


def test_own_numbers_are_kept_and_not_given_twice(bureau):
    """An imported number stays; the next free one goes to others."""
    assert post([spending(number="记-2021-03-0001"), spending()]).numbers == (
        "记-2021-03-0001",
        "记-2021-03-0002",
    )
    refused = post([spending(number="记-2021-03-0001"), spending(number="x"), spending(number="x")])
    assert [problem.code for problem in refused.problems] == ["duplicate_number", "duplicate_number"]
    assert Voucher.objects.count() == 2


def test_one_bad_voucher_keeps_all_out(bureau):
    """All or nothing, and every problem at once."""
    bad = replace(spending(), financial=(Entry("D", "5001", 10000), Entry("C", "1011", 9000)))
    posted = post([spending(), bad, with_spending(function="9999999")])
    assert not posted.accepted
    assert {problem.code for problem in posted.problems} >= {"unbalanced", "unknown_function"}
    assert Voucher.objects.count() == 0
    assert Classification.objects.count() == 0


BAD = {
    "unbalanced": replace(
        spending(), budgetary=(Entry("D", "71010101", 9000, **SPENT), Entry("C", "800101", 10000))
    ),
    "unknown_entity": spending(entity="nobody"),
    "entity_without_books": spending(entity="bureau"),
    "summary_missing": spending(summary="  "),
    "text_too_long": spending(summary="长" * 201),
    "unknown_voucher_kind": spending(kind="usual"),
    "empty_voucher": spending(financial=(), budgetary=()),
    "wrong_date": spending(on="2021-02-30"),
    "date_outside_year": spending(year=2020),
    "date_in_future": spending(on=date(2999, 1, 1)),
    "wrong_side": replace(spending(), financial=(Entry("借", "5001", 10000), Entry("C", "1011", 10000))),
    "wrong_amount": with_spending(fen=0),
    "negative_amount": spending(fen=-500),
    "unknown_account": replace(spending(), financial=(Entry("D", "5999", 10000), Entry("C", "1011", 10000))),
    "account_not_lowest": with_spending(account="7101"),
    "account_not_applicable": with_spending(account="72010101"),
    "wrong_system": replace(spending(), financial=(Entry("D", "800101", 10000), Entry("C", "800101", 10000))),
    "unknown_function": with_spending(function="2049999999"),
    "expired_function": with_spending(function="2040609"),
    "function_not_lowest": with_spending(function="20406"),
    "unknown_economic": with_spending(economic="39999999"),
    "economic_not_lowest": with_spending(economic="302"),
    "economic_not_basic": with_spending(economic="30902"),
    "missing_attributes": with_spending(economic=""),
    "unknown_fund": with_spending(fund="lottery"),
    "unknown_nature": with_spending(nature="fun"),
    "unknown_source": with_spending(source="later"),
    "unknown_project": with_spending(project="P9"),
    "project_missing": with_spending(account="71010102", nature="project"),
    "unknown_counterparty": with_spending(counterparty="nobody"),
    "fund_mismatch": with_spending(fund="other"),
    "not_mirrored": replace(
        spending(), budgetary=(Entry("D", "71010101", 10000, **SPENT), Entry("C", "800102", 10000))
    ),
}


REFUSALS = {
    "unbalanced": (
        "预算会计借贷不平，贷方比借方多10.00元",
        "office，2021-03-15，“购办公用品”，预算会计",
        "核对各行金额",
    ),
    "unknown_account": (
        "没有会计科目5999",
        "office，2021-03-15，“购办公用品”，财务会计第1行",
        "改用会计科目表中的科目",
    ),
    "unknown_function": (
        "没有功能分类科目2049999999",
        "office，2021-03-15，“购办公用品”，预算会计第1行",
        "改用当年政府收支分类科目中的项级科目",
    ),
    "expired_function": (
        "2040609 仲裁在2021年不使用",
        "office，2021-03-15，“购办公用品”，预算会计第1行",
        "改用当年有效的科目",
    ),
    "function_not_lowest": (
        "20406 司法不是项级科目",
        "office，2021-03-15，“购办公用品”，预算会计第1行",
        "改用它下面的项级科目",
    ),
    "unknown_economic": (
        "没有部门预算支出经济分类科目39999999",
        "office，2021-03-15，“购办公用品”，预算会计第1行",
        "改用款级经济科目",
    ),
    "economic_not_lowest": (
        "302 商品和服务支出不是款级科目",
        "office，2021-03-15，“购办公用品”，预算会计第1行",
        "改用它下面的款级科目",
    ),
    "wrong_date": (
        "“2021-02-30”不是日期",
        "office，2021-02-30，“购办公用品”",
        "按 年-月-日 填写，如 2021-03-31",
    ),
    "wrong_amount": ("金额为零", "office，2021-03-15，“购办公用品”，预算会计第1行", "填写金额，或删去这一行"),
    "negative_amount": (
        "金额-5.00元为负数",
        "office，2021-03-15，“购办公用品”，财务会计第1行",
        "改记到相反方向；红字只用于调整凭证和支出退回",
    ),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_says_what_is_wrong_where_and_what_to_do(code, bureau):
    """The words an accountant reads; one slip is told once."""
    first = check(BAD[code])[0]
    assert (first.code, first.what, first.where, first.remedy) == (code, *REFUSALS[code])
    assert {problem.code for problem in check(BAD[code])} == {code}


def test_a_closed_period_and_a_used_number_say_so(bureau):
    """The two refusals that depend on what the books hold already."""
    post([spending(number="记-7")])
    [taken] = post([spending(number="记-7")]).problems
    assert (taken.what, taken.where, taken.remedy) == (
        "凭证号记-7已经使用",
        "office，2021年",
        "改用未使用的凭证号，或不填由系统编号",
    )
    PeriodLock.objects.create(entity=bureau.office, year=2021, month=3, closed_at=timezone.now())
    [closed] = check(spending())
    assert (closed.what, closed.where, closed.remedy) == (
        "2021年3月已结账",
        "office，2021-03-15，“购办公用品”",
        "改记到未结账期间，或作调整凭证并写明原因",
    )


def test_one_slip_is_told_once_and_a_long_summary_by_its_beginning(bureau):
    """7101 instead of its detail account is one slip, not two; a long summary is shown by its beginning."""
    assert found(BAD["account_not_lowest"]) == ["account_not_lowest"]
    [problem] = check(BAD["text_too_long"])
    assert problem.where == f"office，2021-03-15，“{'长' * 30}…”"


@pytest.mark.parametrize("code", BAD)
def test_a_bad_voucher_is_refused_with_place_and_remedy(code, bureau):
    """Each slip is found under its own name, told in Chinese, and nothing is posted."""
    problems = {problem.code: problem for problem in check(BAD[code])}
    assert code in problems
    assert problems[code].where
    assert problems[code].remedy
    assert not post([BAD[code]]).accepted
    assert Voucher.objects.count() == 0


def test_a_款_that_our_list_does_not_detail_is_only_a_warning(bureau):
    """The list has 款 without 项; their use is mentioned, not refused."""
    from mingzhang.catalogue.loading import functional_classification

    codes = functional_classification()
    bare = next(
        c
        for c in codes.codes.values()
        if c.level == 2 and c.valid_in(2021) and not codes.has_children(c.code)
    )
    posted = post([with_spending(function=bare.code)])
    assert posted.accepted
    assert [(p.code, p.severity) for p in posted.problems] == [("function_not_detailed", "warning")]


def test_a_payment_booked_in_one_system_only_is_refused(bureau):
    """平行记账: budget money moves in both systems; advances and trust money do not."""
    assert found(spending(budgetary=())) == ["not_mirrored"]
    advance = spending(financial=(Entry("D", "1218", 100), Entry("C", "1011", 100)), budgetary=())
    assert found(advance) == []


def test_a_closed_month_takes_adjusting_vouchers_with_a_reason_only(bureau):
    """已结账期间 changes only by 调整凭证."""
    PeriodLock.objects.create(entity=bureau.office, year=2021, month=3, closed_at=timezone.now())
    assert found(spending()) == ["closed_period"]
    assert found(spending(kind="adjusting")) == ["adjustment_without_reason"]
    assert found(spending(kind="adjusting", reason="科目记错")) == []
    assert found(spending(on=date(2021, 4, 1))) == []


def test_a_closed_year_is_closed_in_every_month(bureau):
    """Month 13 stands for the year."""
    PeriodLock.objects.create(
        entity=bureau.office, year=2021, month=PeriodLock.YEAR, closed_at=timezone.now()
    )
    assert found(spending(on=date(2021, 7, 1))) == ["closed_period"]
    assert found(spending(entity="managed", on=date(2021, 7, 1), budgetary=(), financial=())) == [
        "empty_voucher"
    ]


def test_red_entries_are_for_adjustments_and_refunds(bureau):
    """红字: a negative amount on the original side."""
    assert found(spending(fen=-500, kind="adjusting")) == []
    assert found(spending(fen=-500, template="V31")) == []


def test_posting_is_fast(bureau):
    """At least 2,000 vouchers a second on an idle machine; the bound here leaves room for a busy one."""
    drafts = [
        voucher_from_event(
            "V02", bureau.office, DAY, 100 + i, function="2040601", economic="30201", event_key=f"e{i}"
        )
        for i in range(3000)
    ]
    start = time.perf_counter()
    assert post(drafts).vouchers == 3000
    assert time.perf_counter() - start < 10


OWN = {"function": "2040601", "economic": "30201", "nature": "basic"}


def own_spending(account, **stated):
    """A payment of the centre's own money through the bank."""
    line = Entry("D", account, 100, **{**OWN, "fund": "other", **stated})
    return VoucherDraft(
        "centre",
        DAY,
        "支付",
        (Entry("D", "5201", 100), Entry("C", "1002", 100)),
        (line, Entry("C", "800102", 100)),
    )


@pytest.mark.parametrize("account", ["7301", "7401", "7501"])
def test_operating_remitting_and_subsidising_take_own_money(account, bureau):
    """经营支出、上缴上级支出、对附属单位补助支出 are never paid from fiscal appropriations."""
    assert found(own_spending(account)) == []
    assert found(own_spending(account, fund="general_public_budget")) == ["fund_mismatch"]


@pytest.mark.parametrize("account", ["7601", "7701", "7901"])
def test_every_expenditure_is_basic_or_project(account, bureau):
    """The expenditure table has no column for spending of neither nature, so its rows would not add up."""
    assert found(own_spending(account)) == []
    assert found(own_spending(account, nature="")) == ["missing_attributes"]


def test_balances_of_government_funds_are_kept_by_function(bureau):
    """The funds' table prints opening and closing balances by function: a balance without one would stand in no row."""

    def opening(account, **stated):
        balance = Entry("C", account, 100, **stated)
        return VoucherDraft(
            "office", date(2021, 1, 1), "年初余额", (), (Entry("D", "800103", 100), balance), kind="opening"
        )

    whole = {"fund": "government_managed_funds", "function": "2120803"}
    assert found(opening("810107", **whole)) == []
    assert found(opening("810107", fund="government_managed_funds")) == ["missing_attributes"]
    assert found(opening("810107", fund="general_public_budget")) == []
    assert found(opening("810205", **{**whole, "fund": "other"})) == ["fund_mismatch"]
    assert found(opening("820105", fund="general_public_budget")) == ["fund_mismatch"]
    assert found(opening("820105", fund="nonfiscal_special")) == []


def test_fiscal_money_is_not_paid_to_a_unit_of_the_department(bureau):
    """Eliminating it would leave the department's fiscal revenue without its expenditure (财政拨款总表不平)."""
    assert found(with_spending(counterparty="centre")) == ["fiscal_counterparty"]
    assert found(own_spending("7501", counterparty="managed")) == []
