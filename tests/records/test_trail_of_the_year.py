"""What a year leaves in the trail: postings, closes, proposals; afterwards the books agree with it."""

from datetime import date

import pytest

from mingzhang.records.closing import close_month, close_year
from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.ledger import Entry, post
from mingzhang.records.models import Grant, Reason, TrailEntry, User, Voucher
from mingzhang.records.proposals.flow import approve, review, save, submit
from mingzhang.records.trail import content, enter, record
from mingzhang.records.trail.postings import Postings, numbers_of
from mingzhang.records.trail.vouchers import joined
from mingzhang.records.work import flow as work
from records.bookkeeping import ADMIN, accept, book
from records.tampering import findings, proved
from records.two_years import close_first, close_second, first_year, second_year

pytestmark = pytest.mark.django_db


def told(entity, book_name):
    entries = TrailEntry.objects.filter(chain__name=f"{entity.code}/{book_name}").order_by("number")
    return [(entry.action, entry.subject) for entry in entries]


def test_a_posting_is_one_entry_for_each_unit(bureau):
    posted = post([book(bureau.centre, "V03", 5, economic="30201"), *(book(bureau.office, "V03", fen, economic="30201") for fen in (1, 2))])  # fmt: skip
    assert told(bureau.office, "ledger") == [
        ("记账", f"凭证2张（{posted.numbers[1]} 至 {posted.numbers[2]}）")
    ]
    assert told(bureau.centre, "ledger") == [("记账", f"凭证{posted.numbers[0]}")]
    proved()


def test_an_event_posted_before_adds_no_entry(bureau):
    draft = book(bureau.office, "V03", 1, economic="30201", event_key="once")
    accept(draft)
    accept(draft)
    assert len(told(bureau.office, "ledger")) == 1


def test_a_year_of_every_kind_of_money_agrees_with_its_trail(bureau):
    """Two years of three units: booked, closed, opened, booked, closed again."""
    first_year(bureau)
    close_first(bureau)
    second_year(bureau)
    close_second(bureau)
    counts = proved()
    assert counts["张凭证"] == Voucher.objects.count()
    assert told(bureau.office, "closing") == [("结账", "2020年度"), ("结账", "2021年度")]
    assert [action for action, _ in told(bureau.office, "ledger")] == ["记账", "结账", "结账", "结转下年"] * 2


def test_a_close_of_months_and_an_adjusting_close_agree_with_the_trail(bureau):
    accept(book(bureau.office, "V03", 100_00, economic="30101", on=date(2021, 1, 5)))
    assert close_month(bureau.office, 2021, 1).accepted
    assert close_year(bureau.office, 2021).accepted
    proved()
    draft = book(
        bureau.office, "V03", 5_00, on=date(2021, 12, 31), economic="30101", kind="adjusting", reason="补记"
    )
    accept(draft)
    assert close_year(bureau.office, 2021).accepted
    proved()
    adjusting = TrailEntry.objects.filter(chain__name="office/ledger", reason="补记").get()
    assert adjusting.rows == 1
    assert told(bureau.office, "closing") == [("结账", "2021年1月"), ("结账", "2021年度")]


def test_a_refused_close_leaves_no_entry(bureau):
    accept(book(bureau.office, "V03", 1, economic="30201"))
    before = TrailEntry.objects.count()
    assert not close_year(bureau.office, 2021, special_surplus=5).accepted
    assert TrailEntry.objects.count() == before


def test_a_proposal_agrees_with_the_trail_at_every_step(bureau):
    """The draft that waits is kept too: what is approved is what was reviewed."""
    people = {}
    for role in ("accountant", "reviewer", "approver"):
        user = people[role] = User(username=role, name=role)
        user.set_unusable_password()
        enter([user])
        enter([Grant(user=user, role=role, entity=bureau.office)])
    payload = {
        "date": "2021-05-20",
        "summary": "购办公用品",
        "event": {"template": "V03", "amounts": 100, "economic": "30201", "function": ADMIN},
    }
    row = save(people["accountant"], "voucher", bureau.office, 2021, payload, "k")
    row = submit(people["accountant"], row, row.version)
    proved()
    row = review(people["reviewer"], row, row.version)
    row = approve(people["approver"], row, row.version)
    counts = proved()
    assert counts["条待审事项"] == 1
    type(row).objects.filter(pk=row.pk).update(payload={**payload, "summary": "别的"})
    [problem] = findings()
    assert "payload" in problem.what


def test_a_grant_given_behind_the_trail_is_found(bureau):
    """Whoever makes himself an approver in the database."""
    user = User(username="x", name="某人")
    enter([user])
    Grant.objects.create(user=user, role="approver", entity=bureau.department)
    [problem] = findings()
    assert (problem.code, "approver" in problem.what) == ("put_in_behind", True)


def test_a_record_that_the_trail_saw_removed_is_not_missed(bureau):
    """`before` without `after` is a removal; one that comes back behind the trail is found."""
    [reason] = enter([Reason(entity=bureau.office, year=2021, cell="revenue", text="增加")])
    before = content(reason)
    record("words", "删除", "变动原因", entity=bureau.office, of=reason, before=before)
    key = reason.pk
    reason.delete()
    proved()
    Reason.objects.create(id=key, entity=bureau.office, year=2021, cell="revenue", text="增加")
    assert [problem.code for problem in findings()] == ["put_in_behind"]


def test_a_changed_record_tells_which_field(bureau):
    [reason] = enter([Reason(entity=bureau.office, year=2021, cell="revenue", text="增加")])
    before = content(reason)
    reason.text = "人员增加"
    reason.save()
    record("words", "修改", "变动原因", entity=bureau.office, of=reason, before=before, after=content(reason))
    proved()
    Reason.objects.update(text="别的")
    [problem] = findings()
    assert "text：留痕为人员增加，现为别的" in problem.what


def test_looking_at_a_record_seals_nothing(bureau):
    """An entry of who looked at what has neither before nor after."""
    [reason] = enter([Reason(entity=bureau.office, year=2021, cell="revenue", text="增加")])
    assert record("words", "查看", "变动原因", entity=bureau.office, of=reason).rows == 0
    proved()


def test_digests_tell_fields_apart(bureau):
    """A tab inside a text cannot pass for the border between two."""
    assert joined(["a\tb", "c"]) != joined(["a", "b\tc"])
    assert joined(["a\\tb"]) != joined(["a\tb"])
    accept(
        VoucherDraft("office", date(2021, 3, 1), "付\t款\n\\", (Entry("D", "1002", 5), Entry("C", "1021", 5)))
    )
    proved()


@pytest.mark.parametrize("numbers", [["记-0009", "记-0010", "记-0011"], ["甲", "乙"], ["9", "10"], ["记-9", "记-09"], ["3", "2", "1"]])  # fmt: skip
def test_numbers_of_a_posting_are_kept_exactly(numbers):
    postings = Postings()
    for number in numbers:
        postings.add(2021, number, "")
    assert list(numbers_of(postings.runs)) == [(2021, number) for number in numbers]


def test_parts_of_the_work_report_agree_with_the_trail_after_they_changed_places(bureau):
    """All parts that moved are sealed, not only the one that was asked to."""
    user = User(username="office", name="办公室甲")
    enter([user])
    enter([Grant(user=user, role="office", entity=bureau.department)])
    first, second = (
        work.add(user, bureau.department, 2021, heading, "公共法律服务科") for heading in ("普法", "调解")
    )
    work.move(user, second, up=True)
    assert proved()["条重点工作"] == 2
    first.refresh_from_db()
    assert first.order == 2


def test_an_entry_seals_what_the_table_says_not_what_the_caller_holds(bureau):
    """A copy read before somebody else's change, or a value of another type, seals nothing wrong."""
    [reason] = enter([Reason(entity=bureau.office, year=2021, cell="revenue", text="增加")])
    Reason.objects.filter(pk=reason.pk).update(text="人员增加")
    record("words", "修改", "变动原因", entity=bureau.office, of=reason, after=content(reason))
    proved()
