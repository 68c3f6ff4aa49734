"""Whoever changes the database behind the trail's back is found, and what was changed is named."""

import pytest

from mingzhang.records.models import TrailChain, TrailEntry, TrailRow, Vehicle, Voucher, VoucherLine
from mingzhang.records.trail import digest_of, enter
from mingzhang.records.trail.anchors import anchor_heads, differs_from_kept, last_anchor
from mingzhang.records.trail.kept import seal_of
from mingzhang.records.trail.stored import stored_vouchers
from records.tampering import MANY, behind_the_trail, fill_everything, findings, proved

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(bureau):
    """Books that verify."""
    fill_everything(bureau)
    return bureau


def voucher(bureau, place=0):
    """One of the vouchers posted together."""
    return Voucher.objects.filter(posting__rows=MANY).order_by("id")[place]


def found_after(*statements):
    with behind_the_trail(*statements):
        return {(problem.code, problem.what) for problem in findings()}


def test_untouched_books_verify(books):
    counts = proved()
    assert counts["张凭证"] == Voucher.objects.count() > MANY
    assert counts["行分录"] == VoucherLine.objects.count()
    assert counts["条车辆登记"] == 3
    assert counts["条留痕"] == TrailEntry.objects.count()


@pytest.mark.parametrize(
    "change",
    [
        "date = '2021-05-21'",
        "summary = '别的事'",
        "reviewed_by = '李某'",
        "approved_by = '李某'",
        "reason = '补记'",
        "event_key = 'x'",
    ],
)
def test_a_changed_head_is_named(books, change):
    one = voucher(books, 3)
    found = found_after(f"UPDATE records_voucher SET {change} WHERE id = {one.pk}")
    assert found == {("changed_behind", f"凭证{one.number}被改动，与留痕不符")}


@pytest.mark.parametrize(
    "change",
    ["fen = fen + 1", "debit = NOT debit", "contract = 'HT'", "summary = 'x'", "month = 6", "year = 2020"],
)
def test_a_changed_line_names_its_voucher(books, change):
    one = voucher(books, 3)
    [problem] = found_after(
        f"UPDATE records_voucherline SET {change} WHERE voucher_id = {one.pk} AND sequence = 2"
    )
    assert problem[0] == "changed_behind"
    assert one.number in problem[1]


def test_a_line_of_another_classification_names_its_voucher(books):
    one = voucher(books)
    other = VoucherLine.objects.exclude(classification__in=one.lines.values("classification")).first()
    change = f"classification_id = {other.classification_id}"
    found = found_after(
        f"UPDATE records_voucherline SET {change} WHERE voucher_id = {one.pk} AND sequence = 1"
    )
    assert found == {("changed_behind", f"凭证{one.number}被改动，与留痕不符")}


def test_a_changed_classification_names_every_voucher_that_uses_it(books):
    one = voucher(books)
    line = one.lines.first()
    using = {
        each.voucher.number for each in VoucherLine.objects.filter(classification=line.classification_id)
    }
    found = found_after(
        f"UPDATE records_classification SET economic = '30202' WHERE id = {line.classification_id}"
    )
    assert found == {("changed_behind", f"凭证{number}被改动，与留痕不符") for number in using}


def test_a_deleted_line_names_its_voucher(books):
    one = voucher(books)
    found = found_after(f"DELETE FROM records_voucherline WHERE voucher_id = {one.pk} AND sequence = 1")
    assert found == {("changed_behind", f"凭证{one.number}被改动，与留痕不符")}


def test_a_deleted_voucher_is_named_by_its_number(books):
    one = voucher(books, 140)
    found = found_after(
        f"DELETE FROM records_voucherline WHERE voucher_id = {one.pk}",
        f"DELETE FROM records_voucher WHERE id = {one.pk}",
    )
    assert found == {("removed_behind", f"凭证{one.number}不见了，留痕里没有删除它")}


def test_lines_left_without_their_voucher_are_found(books):
    one = voucher(books)
    codes = [code for code, _ in found_after(f"DELETE FROM records_voucher WHERE id = {one.pk}")]
    assert {"removed_behind", "line_without_voucher"} == set(codes)


COPIED = "entity_id, year, month, number_order, date, summary, kind, template, reason, prepared_by, reviewed_by, approved_by"


def test_a_voucher_put_in_without_a_posting_is_named(books):
    found = found_after(
        f"INSERT INTO records_voucher (number, digest, {COPIED}) SELECT '记-2021-05-9999', '', {COPIED} "
        f"FROM records_voucher WHERE id = {voucher(books).pk}"
    )
    assert found == {("put_in_behind", "凭证记-2021-05-9999没有留痕，不是经系统录入的")}


def test_a_voucher_put_in_under_a_posting_with_a_right_digest_is_named(books):
    one = voucher(books)
    with behind_the_trail(
        f"INSERT INTO records_voucher (number, digest, posting_id, {COPIED}) "
        f"SELECT '记-2021-05-9999', '', posting_id, {COPIED} FROM records_voucher WHERE id = {one.pk}"
    ):
        own = next(stored_vouchers(Voucher.objects.filter(number="记-2021-05-9999")))
        Voucher.objects.filter(pk=own.key).update(digest=own.digest)
        assert [problem.what for problem in findings()] == ["凭证记-2021-05-9999没有留痕，不是经系统录入的"]


def test_a_recomputed_digest_is_found_among_a_hundred(books):
    one = voucher(books, 150)
    with behind_the_trail(f"UPDATE records_voucherline SET fen = 7 WHERE voucher_id = {one.pk}"):
        forged = next(stored_vouchers(Voucher.objects.filter(pk=one.pk)))
        Voucher.objects.filter(pk=one.pk).update(digest=forged.digest)
        [problem] = findings()
    assert problem.code == "digest_forged"
    assert problem.what.startswith(f"凭证{voucher(books, 100).number}至{voucher(books, 199).number}这100张")
    assert "王会计" in problem.where


def test_a_recomputed_digest_of_a_single_voucher_names_it(books):
    lock = Voucher.objects.get(kind="closing")
    with behind_the_trail(f"UPDATE records_voucher SET summary = '别的' WHERE id = {lock.pk}"):
        forged = next(stored_vouchers(Voucher.objects.filter(pk=lock.pk)))
        Voucher.objects.filter(pk=lock.pk).update(digest=forged.digest)
        assert [problem.what for problem in findings()] == [f"凭证{lock.number}连同摘要一起被改写"]


def test_a_voucher_moved_to_another_unit_is_found(books):
    one = voucher(books)
    found = found_after(
        f"UPDATE records_voucher SET entity_id = {books.centre.pk} WHERE id = {one.pk}",
        f"UPDATE records_voucherline SET entity_id = {books.centre.pk} WHERE voucher_id = {one.pk}",
    )
    assert {code for code, _ in found} == {"changed_behind", "put_in_behind", "removed_behind"}


@pytest.mark.parametrize(
    ("change", "code", "what"),
    [
        ("UPDATE records_vehicle SET plate = '示A99999' WHERE plate = '示A10002'", "changed_behind", "车辆登记“示A99999”"),
        ("UPDATE records_vehicle SET disposed_on = '2021-03-01' WHERE plate = '示A10002'", "changed_behind", "车辆登记“示A10002”"),
        ("DELETE FROM records_vehicle WHERE plate = '示A10003'", "removed_behind", "车辆登记“示A10003”"),
        ("INSERT INTO records_reception (entity_id, \"on\", guests, \"foreign\", spending_fen, occasion, version) "
         "SELECT entity_id, '2021-05-01', guests, \"foreign\", spending_fen, '来访', 1 FROM records_reception", "put_in_behind", "公务接待“2021-05-01 来访”"),
        ("UPDATE records_budgetline SET fen = 9100", "changed_behind", "预算指标"),
        ("UPDATE records_text SET body = '什么也不管。'", "changed_behind", "报告文字“2021 functions”"),
        ("UPDATE records_entity SET name = '别的中心' WHERE code = 'centre'", "changed_behind", "机构“centre 别的中心”"),
        ("UPDATE records_project SET secret = (1 = 1) WHERE code = 'P1-1'", "changed_behind", "项目“P1-1 服务经费一”"),
        ("DELETE FROM records_periodlock", "removed_behind", "结账期间“2021 5”"),
    ],
)  # fmt: skip
def test_a_register_row_is_named(books, change, code, what):
    found = found_after(change)
    assert [(own, told.startswith(what)) for own, told in found] == [(code, True)]


def test_a_seal_recomputed_with_its_row_is_found_by_its_entry(books):
    row = Vehicle.objects.get(plate="示A10002")
    with behind_the_trail(f"UPDATE records_vehicle SET cost_fen = 5 WHERE id = {row.pk}"):
        seal = seal_of(Vehicle.objects.get(pk=row.pk))
        TrailRow.objects.filter(kind="Vehicle", key=row.pk).update(digest=seal.digest)
        [problem] = findings()
    assert (problem.code, problem.what) == (
        "seals_changed",
        "“车辆登记3条”的留痕明细被改动：应有3行，现有3行",
    )


def test_a_seal_put_in_for_a_foreign_row_is_found(books):
    found = found_after(
        'INSERT INTO records_trailrow (entry_id, kind, "key", name, digest) '
        "SELECT entry_id, kind, \"key\" + 1000, name, digest FROM records_trailrow WHERE kind = 'Reception'"
    )
    assert {code for code, _ in found} == {"seals_changed", "removed_behind"}


def entries():
    return list(TrailEntry.objects.filter(chain__name="office/ledger").order_by("number"))


@pytest.mark.parametrize(
    "change",
    ["actor = '李某'", "subject = '别的'", "reason = '别的'", "at = '2021-01-01 00:00:00+00:00'", "rows = 9"],
)
def test_a_changed_entry_is_named(books, change):
    found = found_after(f"UPDATE records_trailentry SET {change} WHERE id = {entries()[0].pk}")
    assert ("chain_broken", "留痕链断裂：内容被改动") in found


def test_an_entry_recomputed_breaks_the_chain_after_it(books):
    first = entries()[0]
    first.actor = "李某"
    with behind_the_trail(
        f"UPDATE records_trailentry SET actor = '李某', digest = '{digest_of(first)}' WHERE id = {first.pk}"
    ):
        assert "留痕链断裂：与上一条衔接不上" in {problem.what for problem in findings()}


def test_a_deleted_entry_is_missed_with_its_vouchers(books):
    second = entries()[1]
    found = found_after(f"DELETE FROM records_trailentry WHERE id = {second.pk}")
    assert ("chain_broken", "留痕链断裂：缺第2条") in found
    assert {code for code, _ in found} == {"chain_broken", "put_in_behind"}


def test_the_last_entry_cut_off_is_missed_by_the_head_and_by_the_anchor(books):
    *_, before, last = entries()
    cut = f"DELETE FROM records_trailentry WHERE id = {last.pk}"
    shorten = f"UPDATE records_trailchain SET length = {before.number}, head = '{before.digest}' WHERE id = {last.chain_id}"
    assert "chain_broken" in {code for code, _ in found_after(cut)}
    codes = {code for code, _ in found_after(cut, shorten)}
    assert codes == {"anchor_broken", "put_in_behind"}


def test_a_chain_that_was_deleted_whole_is_missed_by_the_anchor(books):
    chain = TrailChain.objects.get(name="bureau/words")
    found = found_after(
        "DELETE FROM records_text",
        "DELETE FROM records_trailrow WHERE kind = 'Text'",
        f"DELETE FROM records_trailentry WHERE chain_id = {chain.pk}",
        f"DELETE FROM records_trailchain WHERE id = {chain.pk}",
    )
    assert found == {("chain_missing", "整条留痕不见了，第1次锚定时还在")}


def test_two_entries_exchanged_are_found(books):
    first, second = entries()[:2]
    found = found_after(
        f"UPDATE records_trailentry SET number = 0 WHERE id = {first.pk}",
        f"UPDATE records_trailentry SET number = {first.number} WHERE id = {second.pk}",
        f"UPDATE records_trailentry SET number = {second.number} WHERE id = {first.pk}",
    )
    assert {"留痕链断裂：与上一条衔接不上", "留痕链断裂：内容被改动"} <= {what for _, what in found}


def test_two_chains_exchanged_are_found(books):
    found = found_after(
        "UPDATE records_trailchain SET name = 'x' WHERE name = 'office/ledger'",
        "UPDATE records_trailchain SET name = 'office/ledger' WHERE name = 'centre/ledger'",
        "UPDATE records_trailchain SET name = 'centre/ledger' WHERE name = 'x'",
    )
    assert "留痕链断裂：与上一条衔接不上" in {what for _, what in found}


def test_a_whole_trail_rewritten_is_found_by_the_head_kept_elsewhere(books):
    """What nothing inside the database can show: all chains and anchors made anew."""
    last = last_anchor()
    kept = f"{last.number}:{last.digest[:20]}"
    assert differs_from_kept(kept) is None
    last.actor = "李某"
    last.digest = digest_of(last)
    last.save()
    TrailChain.objects.filter(name="heads").update(head=last.digest)
    proved()
    assert differs_from_kept(kept).code == "head_differs"
    assert differs_from_kept("9:0123456789abcdef").code == "head_differs"
    assert differs_from_kept("1:abc").code == "wrong_head"


def test_anchors_put_down_only_what_moved(books):
    assert anchor_heads() is None
    enter_one = Vehicle(entity=books.centre, plate="示A2", kind="other", acquired_on="2021-01-01")
    enter([enter_one])
    assert list(anchor_heads().after["heads"]) == ["centre/registers"]
    proved()
