"""The ladder of sanctions: each ground as its article says, with its numbers at the edge; and what keeps a proposal from being made."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from regime import FILE, REGIME

from mingzhang.casework.supervision import Incident, Sanction, grounds_met, proposal_problems, read_regime
from mingzhang.casework.supervision.reading import BrokenRegimeError

DAY = date(2021, 6, 30)


def incident(kind, days=0, *, key="v1", on=date(2021, 4, 1), **more):
    return Incident(
        key, kind, on, on + timedelta(days=days), **{"verified": True, "evidence": ("photo",), **more}
    )


def met(*incidents, categories=("缓刑",), earlier=(), day=DAY):
    return [each.ground.id for each in grounds_met(REGIME, categories, incidents, earlier, day)]


@pytest.mark.parametrize(
    ("days", "grounds"),
    [(0, ["A34-1"]), (10, ["A34-1"]), (11, ["A35-2"]), (30, ["A35-2"]), (31, ["A46-2", "A35-2"])],
)
def test_days_out_of_supervision_at_the_edges(days, grounds):
    """Ten days are an admonition, eleven a warning; more than a month (April has thirty days) a proposal to revoke."""
    assert met(incident("脱离监管", days)) == grounds


def test_a_contact_lost_still_counts_to_the_day_asked_for():
    lost = replace(incident("脱离监管"), until=None)
    assert met(lost, day=date(2021, 4, 11)) == ["A34-1"]
    assert met(lost, day=date(2021, 4, 12)) == ["A35-2"]


@pytest.mark.parametrize(
    ("found", "categories", "grounds"),
    [
        (incident("违反外出规定", severity="情节轻微"), ("缓刑",), ["A34-2"]),
        (incident("违反外出规定", severity="较重"), ("缓刑",), ["A35-3"]),
        (incident("不参加教育学习"), ("缓刑",), []),
        (incident("不参加教育学习", educated=True), ("缓刑",), ["A34-3"]),
        (incident("违反禁止令", severity="情节轻微"), ("缓刑",), ["A35-1"]),
        (incident("违反禁止令", severity="严重"), ("缓刑",), ["A46-1"]),
        (incident("违反禁止令", severity="严重"), ("假释",), []),
        (incident("不交病情复查", educated=True), ("暂予监外执行", "保外就医"), ["A35-4"]),
        (incident("不交病情复查", educated=True), ("暂予监外执行",), []),
        (incident("暂予监外执行情形消失"), ("暂予监外执行",), ["A49-6"]),
        (incident("脱离监管", 40), ("假释",), ["A47-1", "A35-2"]),
        (incident("脱离监管", verified=False), ("缓刑",), []),
    ],
)
def test_a_ground_asks_for_kind_severity_and_category(found, categories, grounds):
    assert met(found, categories=categories) == grounds


def test_two_admonitions_and_no_change_are_a_warning_and_two_warnings_a_revocation():
    """Within the episode, with something that happened after the last of them."""
    admonished = [Sanction("训诫", date(2021, 4, day)) for day in (2, 20)]
    after = incident("其他", on=date(2021, 4, 25))
    assert met(after, earlier=admonished[:1]) == []
    assert met(incident("其他", on=date(2021, 4, 10)), earlier=admonished) == []
    assert met(after, earlier=admonished) == ["A35-5"]
    warned = [Sanction("警告", date(2021, 4, day)) for day in (2, 20)]
    assert met(after, earlier=warned) == ["A46-4"]
    assert met(after, earlier=warned, categories=("假释",)) == ["A47-2"]
    assert met(after, earlier=warned, categories=("暂予监外执行",)) == ["A49-4"]


def test_what_was_sanctioned_once_grounds_no_second_sanction_of_that_rank():
    lost = incident("脱离监管", 12)
    assert met(lost, earlier=[Sanction("警告", date(2021, 4, 20), incidents=("v1",))]) == []
    assert met(
        incident("脱离监管", 40), earlier=[Sanction("警告", date(2021, 4, 20), incidents=("v1",))]
    ) == ["A46-2"]


@given(days=some.integers(0, 400), verified=some.booleans())
def test_a_graver_fact_never_has_lesser_grounds_only(days, verified):
    """The longer the contact was lost, the graver the gravest ground; nothing unverified has any."""
    shorter, longer = (
        met(incident("脱离监管", each, verified=verified), day=date(2023, 1, 1)) for each in (days, days + 1)
    )
    rank = {ground.id: REGIME.sanctions[ground.sanction].rank for ground in REGIME.grounds}
    assert bool(shorter) is bool(longer) is verified
    if verified:
        assert rank[shorter[0]] <= rank[longer[0]]


WARNING = Sanction("警告", DAY, ("A35-2",), ("v1",), heard_on=date(2021, 6, 1), reviewed_on=date(2021, 6, 2))
LOST = incident("脱离监管", 11)


@pytest.mark.parametrize(
    ("change", "found", "code"),
    [
        ({}, LOST, None),
        ({"heard_on": None}, LOST, "E-GUARD:hearing"),
        ({"reviewed_on": None}, LOST, "E-GUARD:review"),
        ({"reviewed_on": DAY + timedelta(days=1)}, LOST, "E-GUARD:review"),
        ({"grounds": ()}, LOST, "E-REQ"),
        ({"grounds": ("A34-1",)}, LOST, "E-CODE"),
        ({"grounds": ("A35-6",)}, LOST, "E-REQ"),
        ({"grounds": ("A35-6",), "words": "多次辱骂工作人员"}, LOST, None),
        ({"grounds": ("A35-5",)}, LOST, "E-GUARD:ladder"),
        ({}, incident("脱离监管", 10), "E-GUARD:ladder"),
        ({}, replace(LOST, verified=False), "E-GUARD:verified"),
        ({}, replace(LOST, evidence=()), "E-EVID"),
        ({}, replace(LOST, key="v2"), "E-REF"),
        ({"kind": "提请收监执行"}, LOST, "E-GUARD:ladder"),
        ({"kind": "罚款"}, LOST, "E-CODE"),
    ],
)
def test_a_proposal_lacks_nothing_or_says_what(change, found, code):
    problems = proposal_problems(REGIME, ("缓刑",), replace(WARNING, **change), [found], [])
    assert [problem.code for problem in problems if problem.code == code] == ([code] if code else [])
    assert bool(problems) is bool(code)
    assert all(problem.remedy for problem in problems)


def test_a_broken_regime_is_refused_with_everything_that_is_wrong(tmp_path):
    text = FILE.read_text(encoding="utf-8")
    broken = text.replace('classes = ["宽管"]', 'classes = ["松管"]', 1).replace(
        'sanction = "训诫"', 'sanction = "罚款"', 1
    )
    broken = broken.replace('id = "A34-3"', 'id = "A34-2"', 1).replace("days_over = 10", "days_more = 10", 1)
    broken = broken.replace('measure = "小时"\n', "", 1).replace('sureness = "法"', 'sureness = "猜"', 1)
    path = tmp_path / "supervision.toml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(BrokenRegimeError) as refused:
        read_regime(path)
    said = str(refused.value)
    for word in ("松管", "罚款", "A34-2", "days_more", "strict_study", "猜"):
        assert word in said
    assert all(problem.remedy for problem in refused.value.problems)
