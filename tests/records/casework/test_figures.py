"""Figures over the books are those of the pure engine over views, whatever the database narrows."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from django.utils import timezone

from mingzhang.casework import metrics as engine
from mingzhang.casework.definitions import Counting, Flavour, Metric
from mingzhang.casework.periods import Period, as_at, months, year
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.deadlines import pauses_of
from mingzhang.records.casework.frozen import freeze, restated
from mingzhang.records.casework.grains import MIXED, PLATFORM, RECORDS, RETURN, decide
from mingzhang.records.casework.lines import kind_of_record
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.transitions import take
from mingzhang.records.casework.views import view_of
from records.casework.helping import TODAY, clean, key


def scattered(district, seed, count=40):
    """Records as tables may hold them: with and without each field, closed and open."""
    random = Random(seed)
    rows = []
    for number in range(count):
        on = date(2022, 10, 1) + timedelta(days=random.randrange(500))
        lecture = random.random() < 0.3
        content = {"theme": f"主题{number % 5}", "place": "甲", "attendance": random.randrange(200)} if lecture else {
            "item": random.choice(["补证", "换证", "查档"]),
            "applicants": [{"sex": random.choice(["男", "女"])} for _ in range(random.randrange(3))],
        }  # fmt: skip
        if not lecture:
            for name, values in {
                "fee": [0, 1250, 99_999_900], "score": ["59.5", "60.0", "100.0"], "groups": [["老年人"], ["残疾人", "其他"]],
                "online": [True, False], "decision": ["准予", "不准"],
                "decided_on": [(on + timedelta(days=random.randrange(60))).isoformat()],
                "visits": [[{"on": (on + timedelta(days=9)).isoformat(), "reached": random.random() < 0.7, "marks": random.randrange(1, 6)} for _ in range(2)]],
            }.items():  # fmt: skip
                if random.random() < 0.6:
                    content[name] = random.choice(values)
        rows.append(
            Record(
                line="window_service",
                kind="lecture" if lecture else "request",
                occurred_on=on,
                rule_date=on,
                content=content,
                recorded_at=timezone.now()
                if random.random() < 0.5
                else timezone.make_aware(timezone.datetime(on.year, on.month, on.day, 12)),
                state=random.choice(["draft", "confirmed"])
                if lecture
                else random.choice(["received", "held", "granted", "refused", "closed"]),
                closed_on=on + timedelta(days=30) if random.random() < 0.5 else None,
                area=random.choice([district.community, district.far, None]),
                outcome=random.choice(["", "办结"]),
                organisation=random.choice([district.centre, district.unit, None]),
                source_system=random.choice(["", "platform"]),
            )
        )
    Record.objects.bulk_create(rows)
    Deadline.objects.bulk_create(
        Deadline(
            record=row, rule_id="DR07-01", family="DR07-01", started_on=row.occurred_on, base_due_on=row.occurred_on + timedelta(days=7),
            due_on=row.occurred_on + timedelta(days=7), pauses=[[row.occurred_on.isoformat(), (row.occurred_on + timedelta(days=3)).isoformat()]] if random.random() < 0.3 else [],
            standing=random.choice(Deadline.Standing.values), done_on=None,
        )
        for row in Record.objects.filter(kind="request")
    )  # fmt: skip
    for row in Deadline.objects.filter(standing__startswith="DONE"):
        row.done_on = row.due_on + timedelta(days=-1 if row.standing == "DONE_ON_TIME" else 1)
        row.save()


def everything(today):
    """Every record's whole view and every deadline, as the pure engine takes them."""
    from mingzhang.casework.deadlines import standing

    views = [view_of(record, kind_of_record(record)) for record in Record.objects.order_by("pk")]
    deadlines = [
        {
            "record": row.record.key, "family": row.family, "started_on": row.started_on, "due_on": row.due_on, "done_on": row.done_on,
            "standing": standing(row.due_on, today, done_on=row.done_on, paused=row.standing == "PAUSED", void=row.standing == "VOID").value,
        }
        for row in Deadline.objects.select_related("record")
    ]  # fmt: skip
    assert all(isinstance(pauses_of(row), list) for row in Deadline.objects.all())
    return views, deadlines


def counting(**stated):
    return Metric("M99-x", "window_service", "试", "件", Flavour.FLOW, Counting(kinds=("request",), **stated))


MORE = [
    counting(date_field="decided_on", where={"online": True}),
    counting(date_field="decided_on", where={"online": False, "item": {"in": ["补证", "查档"]}}),
    counting(date_field="occurred_on", where={"fee": 1250}),
    counting(date_field="occurred_on", where={"fee": {"ge": 1250}, "score": {"ge": 60}}),
    counting(date_field="occurred_on", where={"decision": {"not_in": ["准予"]}}),
    counting(date_field="occurred_on", where={"decision": {"empty": True}}),
    counting(date_field="occurred_on", where={"state": {"in": ["granted", "closed"]}, "outcome": "办结"}),
    counting(date_field="closed_on", measure="days:occurred_on..closed_on"),
    counting(date_field="closed_on", measure="net_days:occurred_on..closed_on"),
    counting(date_field="decided_on", measure="median:occurred_on..decided_on"),
    counting(date_field="occurred_on", measure="distinct:area"),
    counting(date_field="occurred_on", distinct_days=True),
    counting(date_field="occurred_on", where={"area": "990111001001"}),
    counting(date_field="occurred_on", where={"area": ""}),
    counting(date_field="occurred_on", where={"recorded_on": {"gt": date(2023, 6, 30)}}),
    counting(date_field="visits.on", rows="visits", row_where={"reached": True}, measure="sum:visits.marks"),
]


@pytest.mark.parametrize("seed", range(4))
def test_the_database_narrows_and_changes_no_figure(district, window, seed):
    """Every metric and more, over every kind of period: value, records and late ones are those of the engine over all views."""
    scattered(district, seed)
    views, deadlines = everything(TODAY)
    for metric in [*window.metrics.values(), *MORE]:
        for period in (
            year(2023),
            months(2023, 1, 11),
            Period(date(2023, 3, 3), date(2023, 4, 4)),
            as_at(date(2023, 6, 30)),
        ):
            expected = engine.figure(metric, period, views, deadlines)
            found = figure(metric, period, today=TODAY)
            assert (found.value, found.printed) == (expected.value, expected.printed), (
                metric.id,
                metric.numerator,
                period,
            )
            assert set(found.keys) == set(expected.numerator.keys)
            assert set(found.late) == {
                *expected.numerator.late,
                *(expected.denominator.late if expected.denominator else ()),
            }


def test_sealed_fields_are_counted_too(district, opened):
    """A condition on a personal field is decided by the engine over the opened value."""
    opened(facts="需要"), opened(item="换证")
    assert (
        figure(counting(date_field="occurred_on", where={"facts": {"empty": False}}), year(2023)).numerator
        == 1
    )
    assert (
        figure(counting(date_field="occurred_on", where={"applicants.name": "王小明"}), year(2023)).numerator
        == 2
    )


def test_a_figure_is_asked_of_a_street_and_of_an_organisation(district, opened):
    opened(), opened(item="换证", area="990111002001"), opened(item="查档", organisation=district.unit.key)
    assert figure("M99-01", year(2023)).numerator == 3
    assert figure("M99-01", year(2023), area=district.east).numerator == 2
    assert figure("M99-01", year(2023), district.unit).numerator == 1


def test_one_case_changed_changes_the_figure_and_a_published_one_stays(district, opened):
    record = opened(), opened(item="换证")
    frozen = freeze(figure("M99-01", year(2023), today=TODAY), district.head, "年报")
    assert (frozen.value, frozen.keys) == (2, [one.key for one in record])
    assert not restated(frozen, TODAY).differs
    correct(district.clerk, record[0], {"occurred_on": "2022-12-30"}, "日期有误", today=TODAY)
    late = opened(item="查档", on=date(2023, 11, 30))
    beside = restated(frozen, TODAY)
    assert (beside.frozen.value, beside.now.value) == (2, Fraction(2))
    assert (beside.joined, beside.left) == ((late.key,), (record[0].key,))
    assert beside.differs
    assert late.key in beside.late
    clean()


def test_a_fact_counts_by_one_grain_only(district, opened, window):
    """Of records, a platform's export and a return exactly one counts for an organisation and month."""
    from mingzhang.records.casework.models import Return, ReturnItem

    for item, system in (("补证", ""), ("换证", ""), ("查档", "platform")):
        opened(item=item, organisation=district.unit.key, source_system=system)
    opened(item="补证", organisation=district.centre.key)
    metric = Metric(
        "M99-01",
        "window_service",
        "收件",
        "件",
        Flavour.FLOW,
        window.metrics["M99-01"].numerator,
        returned_as="month.received",
    )
    assert figure(metric, year(2023)).numerator == 4
    for kind, amount, grain in ((RECORDS, 3, RECORDS), (PLATFORM, 2, MIXED)):
        decide("window_service", "request", district.unit, date(2023, 3, 9), kind)
        found = figure(metric, year(2023))
        assert (found.numerator, found.grain) == (amount, grain)
    decide("window_service", "request", district.unit, date(2023, 3, 1), RETURN)
    report = Return.objects.create(
        line="window_service",
        form="month",
        organisation=district.unit,
        month=date(2023, 3, 1),
        state="submitted",
    )
    ReturnItem.objects.create(report=report, name="received", value=500)
    assert figure(metric, year(2023)).numerator == 1
    report.state = "reviewed"
    report.save()
    found = figure(metric, year(2023))
    assert (found.numerator, found.grains, found.returned) == (501, (RECORDS, RETURN), (report.pk,))


def test_an_activity_counts_once_it_is_confirmed_with_its_evidence(district):
    import io

    from mingzhang.records.casework.attachments import attach, damaged, opened, path_of
    from mingzhang.records.casework.errors import RefusedError
    from mingzhang.records.casework.opening import open_record

    on = date(2023, 5, 4)
    lecture = open_record(
        district.east_jo, "window_service.lecture", {"theme": "反诈", "place": "广场", "attendance": "120"}, occurred_on=on, command_key=key(), today=TODAY
    )  # fmt: skip
    take(district.east_jo, lecture, "submit", {}, occurred_on=on, command_key=key(), today=TODAY)
    with pytest.raises(RefusedError, match="没有证明材料"):
        take(district.head, lecture, "confirm", {}, occurred_on=on, command_key=key(), today=TODAY)
    assert figure("M99-08", year(2023)).value == 0
    picture = b"\x89PNG\r\n\x1a\n" + bytes(100)
    with pytest.raises(RefusedError, match="内容却是"):
        attach(district.east_jo, lecture, "照片.pdf", len(picture), io.BytesIO(picture))
    kept = attach(district.east_jo, lecture, "../照片.png", len(picture), io.BytesIO(picture), proves="签到")
    assert (kept.name, kept.media, opened(kept.sm3)) == ("照片.png", "image/png", picture)
    assert picture not in path_of(kept.sm3).read_bytes()
    take(district.head, lecture, "confirm", {}, occurred_on=on, command_key=key(), today=TODAY)
    assert figure("M99-08", year(2023)).value == 120
    assert list(damaged([kept])) == []
    sealed = path_of(kept.sm3).read_bytes()
    path_of(kept.sm3).write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert [problem.code for problem in damaged([kept])] == ["sealed_changed"]
    path_of(kept.sm3).write_bytes(b"x")
    assert [problem.code for problem in damaged([kept])] == ["file_changed"]
    clean()


def test_an_entry_for_a_published_period_needs_a_reason(district):
    """Late entries restate what was published; who enters one says why, and the file of an import is reason enough."""
    from mingzhang.records.casework.errors import RefusedError
    from mingzhang.records.casework.opening import open_record
    from records.casework.helping import request

    def enter(on, **stated):
        return open_record(
            district.clerk, "window_service.request", request(), occurred_on=on, command_key=key(), today=TODAY, **stated
        )  # fmt: skip

    published = freeze(figure("M99-01", months(2023, 1, 3), today=TODAY), district.head, "月报")
    with pytest.raises(RefusedError, match="2023年1—3月的“收件数”已经公开"):
        enter(date(2023, 3, 31))
    late = enter(date(2023, 3, 31), reason="漏登")
    assert late.events.get().reason == "漏登"
    assert restated(published).joined == (late.key,)
    assert enter(date(2023, 4, 1), reason="另一件").occurred_on == date(2023, 4, 1)
    clean()
