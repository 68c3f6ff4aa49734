"""The line of community corrections: what its guards refuse, that no way leads around them, that clocks end with their matters, that figures count."""

from datetime import date, datetime, timedelta, timezone

import pytest

from mingzhang.casework.definitions import PrivacyClass
from mingzhang.casework.metrics import figure
from mingzhang.casework.periods import year
from mingzhang.casework.predicates import meets
from mingzhang.lines import deadline_rules, lines
from mingzhang.lines.corrections import guards

LINE = lines()["corrections"]
TODAY = date(2021, 6, 1)
AT = datetime(2021, 5, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
MAN, WOMAN = {"name": "甲", "sex": "男"}, {"name": "乙", "sex": "女"}
TERM = {"term_from": date(2021, 1, 4), "term_to": date(2021, 12, 31)}
CLASS = {"managed_as": "严管", "since": date(2021, 1, 4)}
MINOR = {"born": date(2003, 5, 1), "crime_on": date(2020, 5, 1)}
LEAVE = {"leaves_on": date(2021, 6, 10)}
WORN = {"positioned_from": date(2021, 1, 1), "positioned_to": date(2021, 3, 31)}


def until(day, **more):
    return {**LEAVE, "returns_by": day, **more}


def renewal(since, last, on=date(2021, 3, 20)):
    return {"evaluations": [{"on": on, "since": since, "until": last}]}


def vote(in_favour, against=0, members=6, conclusion="同意", **more):
    rows = [{"name": f"委员{number}"} for number in range(members)]
    item = {
        "number": 1,
        "handler": "委员0",
        "in_favour": in_favour,
        "against": against,
        "conclusion": conclusion,
    }
    return {"members": rows, "items": [{**item, **more}]}  # fmt: skip


def act(conduct="违反外出规定", severity="情节轻微", days=0, **more):
    on = date(2021, 5, 1)
    return {"key": "v1", "state": "verified", "conduct": conduct, "on": on, "until": on + timedelta(days=days),
            "severity": severity, "educated": False, **more}  # fmt: skip


def case(measure, article, *violations, earlier=(), **more):
    return {"measure_taken": measure, "category": "缓刑", "articles": [article], "violations": [each["key"] for each in violations],
            "heard_on": date(2021, 5, 20), "reviewed_on": date(2021, 5, 25),
            "siblings": {"violation": violations, "sanction": earlier}, **more}  # fmt: skip


def admonished(*days, **more):
    return [{"key": f"s{day}", "state": "served", "measure_taken": "训诫", "decided_on": day, "submitted_on": None, "result": None,
             "violations": None, **more} for day in days]  # fmt: skip


def away(since, last, state="closed", returned=None):
    row = {"key": "l", "state": state, "leaves_on": since, "returns_by": last, "returned_on": returned}
    return {"siblings": {"leave": [row]}}


def proposed(**more):
    return {
        "siblings": {
            "sanction": [{"key": "s", "state": "submitted", "measure_taken": "提请收监执行", **more}]
        }
    }


def moving(state):
    return {"siblings": {"place_change": [{"key": "c", "state": state}]}}


@pytest.mark.parametrize(
    ("guard", "record", "payload", "code"),
    [
        ("term_is_in_order", TERM, {"term_to": date(2021, 1, 3)}, "E-RANGE"),
        ("term_is_in_order", TERM, {}, None),
        ("medical_kind_is_stated", {"category": "暂予监外执行"}, {}, "E-REQ"),
        ("medical_kind_is_stated", {"category": "缓刑", "medical_kind": "保外就医"}, {}, "E-REQ"),
        ("medical_kind_is_stated", {"category": "缓刑"}, {}, None),
        ("of_age_at_the_crime", MINOR, {}, "E-SEC"),
        ("under_age_at_the_crime", MINOR, {}, None),
        ("under_age_at_the_crime", MINOR, {"born": date(2000, 5, 1)}, "E-GUARD:minor"),
        ("identity_is_checked", {}, {"identity_checked": False}, "E-GUARD:identity"),
        ("reported_in_order", {"effective_on": TODAY}, {"reported_on": date(2021, 5, 31)}, "E-DATE"),
        ("reported_in_order", {"effective_on": date(2021, 5, 25)}, {"reported_on": TODAY}, None),
        ("team_is_whole", {"sex": "男"}, {"team": [MAN]}, "E-REQ"),
        ("team_is_whole", {"sex": "女"}, {"team": [MAN, MAN]}, "E-GUARD:team"),
        ("team_is_whole", {"sex": "女"}, {"team": [MAN, WOMAN]}, None),
        ("team_is_whole", {"sex": "男", **MINOR}, {"team": [MAN, WOMAN]}, "E-GUARD:team"),
        ("team_is_whole", {"sex": "男", **MINOR}, {"team": [MAN, {**WOMAN, "knows_minors": True}]}, None),
        ("team_stays_whole", {"sex": "女", "actions_taken": ("notice_in",)}, {}, None),
        ("team_stays_whole", {"sex": "女", "actions_taken": ("admit",), "team": [MAN, WOMAN]}, {"team": []}, "E-REQ"),
        ("plan_is_made", {}, {}, "E-REQ"),
        ("plan_is_made", {"plan": [{"on": date(2021, 1, 4)}]}, {"classes": [CLASS, {**CLASS, "since": TODAY}]}, "E-GUARD:plan"),
        ("plan_is_made", {"classes": [CLASS]}, {"plan": [{"on": date(2021, 1, 4)}]}, None),
        ("classes_are_in_order", {"reported_on": date(2021, 1, 4), "category": "缓刑"}, {}, "E-REQ"),
        ("classes_are_in_order", {"reported_on": date(2021, 1, 5), "category": "缓刑"}, {"classes": [CLASS]}, "E-DATE"),
        ("classes_are_in_order", {"reported_on": date(2021, 1, 4), "category": "缓刑"}, {"classes": [CLASS]}, None),
        ("announced_as_allowed", MINOR, {"announced_publicly": True}, "E-SEC"),
        ("announced_as_allowed", {}, {"announced_publicly": True}, None),
        ("ruling_is_dated", {}, {"ruled_on": date(2021, 6, 2)}, "E-DATE"),
        ("crime_within_the_term", TERM, {"new_crimes": [{"committed_on": date(2020, 12, 1), "judged_on": TODAY}]}, "E-DATE"),
        ("crime_within_the_term", TERM, {"new_crimes": [{"committed_on": date(2021, 2, 1), "judged_on": TODAY}]}, None),
        ("term_is_over", {"term_to": date(2021, 6, 2)}, {}, "E-DATE"),
        ("term_is_over", {"term_to": TODAY}, {}, None),
        ("term_is_over", {}, {}, "E-REQ"),
        ("handed_over", {}, {"summary_on": TODAY, "handed_over_on": date(2021, 5, 1)}, "E-ORDER"),
        ("two_investigators", {}, {"visits": [{"on": TODAY, "investigators": 1}]}, "E-GUARD:investigators"),
        ("two_investigators", {}, {"visits": [{"on": TODAY, "investigators": 2}]}, None),
        ("reviewed_after_visits", {"visits": [{"on": TODAY}]}, {"reviewed_on": date(2021, 5, 31)}, "E-ORDER"),
        ("sent_after_review", {"reviewed_on": TODAY}, {"sent_on": TODAY, "copied_on": date(2021, 5, 1)}, "E-ORDER"),
        ("sent_after_review", {"reviewed_on": TODAY}, {"sent_on": TODAY, "copied_on": TODAY}, None),
        ("leave_is_a_span", until(date(2021, 6, 9)), {}, "E-RANGE"),
        ("applied_in_time", until(TODAY, leaves_on=date(2021, 6, 3)), {}, "E-GUARD:notice"),
        ("applied_in_time", until(TODAY, leaves_on=date(2021, 6, 3), emergency=True), {}, None),
        ("applied_in_time", until(TODAY, leaves_on=date(2021, 6, 4)), {}, None),
        ("within_office_limits", until(date(2021, 6, 16)), {}, None),
        ("within_office_limits", until(date(2021, 6, 17)), {}, "E-ROLE"),
        ("within_county_limits", until(date(2021, 7, 9)), {}, None),
        ("within_county_limits", until(date(2021, 7, 10)), {}, "E-ROLE"),
        ("within_county_limits", until(date(2021, 6, 16), **away(date(2021, 5, 1), date(2021, 5, 25))), {}, "E-GUARD:cumulative"),
        ("within_county_limits", until(date(2021, 6, 16), **away(date(2021, 5, 1), date(2021, 5, 25), "refused")), {}, None),
        ("within_county_limits", until(date(2021, 6, 16), **away(date(2021, 5, 1), date(2021, 5, 25), returned=date(2021, 5, 20))), {}, None),
        ("within_county_limits", until(date(2021, 6, 16), **away(date(2021, 3, 1), date(2021, 3, 25))), {}, None),
        ("no_leave_overlaps", until(date(2021, 6, 16), **away(date(2021, 6, 16), date(2021, 6, 18), "granted")), {}, "E-DUP"),
        ("no_leave_overlaps", until(date(2021, 6, 16), **away(date(2021, 6, 16), date(2021, 6, 18), "applied")), {}, None),
        ("proof_is_checked", {"proof_checked": False}, {}, "E-GUARD:proof"),
        ("leave_is_over", until(TODAY), {}, "E-GUARD:over"),
        ("returned_after_leaving", {"leaves_on": date(2021, 5, 1)}, {"returned_on": date(2021, 4, 30)}, "E-DATE"),
        ("filed_with_the_county", {"decided_at_level": "司法所"}, {}, "E-GUARD:filing"),
        ("filed_with_the_county", {"decided_at_level": "县级"}, {}, None),
        ("permit_is_half_a_year", {"permitted_from": date(2021, 1, 1), "permitted_to": date(2021, 7, 1)}, {}, "E-RANGE"),
        ("permit_is_half_a_year", {"permitted_from": date(2021, 1, 1), "permitted_to": date(2021, 6, 30)}, {}, None),
        ("new_place_agrees", {"reply": "不同意"}, {}, "E-GUARD:reply"),
        ("order_is_three_months", WORN, {"positioned_to": date(2021, 4, 1)}, "E-GUARD:order"),
        ("order_is_three_months", WORN, renewal(date(2021, 4, 1), date(2021, 7, 1)), "E-GUARD:order"),
        ("order_is_three_months", WORN, renewal(date(2021, 4, 1), date(2021, 6, 30)), None),
        ("renewed_after_evaluation", WORN, {}, "E-REQ"),
        ("renewed_after_evaluation", WORN, renewal(date(2021, 4, 2), date(2021, 6, 30)), "E-GUARD:order"),
        ("renewed_after_evaluation", WORN, renewal(date(2021, 4, 1), date(2021, 6, 30), on=date(2021, 4, 2)), "E-GUARD:order"),
        ("renewed_after_evaluation", WORN, renewal(date(2021, 4, 1), date(2021, 6, 30)), None),
        ("filed_until_later", {}, {"valid_until": TODAY}, "E-DATE"),
        ("filed_until_later", {"state": "filed", "valid_until": date(2021, 8, 1)}, {"valid_until": date(2021, 7, 1)}, "E-DATE"),
        ("filed_until_later", {"state": "filed", "valid_until": date(2021, 8, 1)}, {"valid_until": date(2021, 9, 1)}, None),
        ("searched_before", {}, {}, "E-GUARD:search"),
        ("found_after_loss", {"lost_on": TODAY}, {"found_on": date(2021, 5, 31)}, "E-ORDER"),
        ("violation_days_in_order", {}, {"on": date(2021, 6, 2)}, "E-DATE"),
        ("measure_fits_the_person", case("提请撤销假释", "第47条第2项"), {}, "E-GUARD:ladder"),
        ("measure_fits_the_person", case("提请撤销缓刑", "第46条第4项"), {}, None),
        ("articles_are_stated", case("训诫", "第34条第2项"), {}, "E-REQ"),
        ("articles_are_stated", {"measure_taken": "表扬"}, {}, None),
        ("ground_is_met", case("训诫", "第34条第2项", act()), {}, None),
        ("ground_is_met", case("训诫", "第34条第2项", act(), heard_on=None), {}, "E-GUARD:hearing"),
        ("ground_is_met", case("训诫", "第34条第2项", act(state="found")), {}, "E-GUARD:verified"),
        ("ground_is_met", case("训诫", "第34条第2项", act(), violations=["another's"]), {}, "E-REF"),
        ("ground_is_met", case("训诫", "第34条第2项", act(severity="较重")), {}, "E-GUARD:ladder"),
        ("ground_is_met", case("训诫", "第34条第4项", act()), {}, "E-REQ"),
        ("ground_is_met", case("训诫", "第34条第4项", act(), other_ground="多次不接电话"), {}, None),
        ("ground_is_met", case("警告", "第35条第2项", act("脱离监管", days=10)), {}, "E-GUARD:ladder"),
        ("ground_is_met", case("警告", "第35条第2项", act("脱离监管", days=11)), {}, None),
        ("ground_is_met", case("警告", "第35条第2项", act("脱离监管", days=11), reviewed_on=None), {}, "E-GUARD:review"),
        ("ground_is_met", case("警告", "第35条第5项", act(), earlier=admonished(date(2021, 3, 1))), {}, "E-GUARD:ladder"),
        ("ground_is_met", case("警告", "第35条第5项", act(), earlier=admonished(date(2021, 3, 1), date(2021, 4, 1))), {}, None),
        ("ground_is_met", case("训诫", "第34条第2项", act(), earlier=admonished(date(2021, 5, 10), violations=["v1"])), {}, "E-GUARD:ladder"),
        ("ground_is_met", case("训诫", "第34条第2项", act(), earlier=admonished(date(2021, 5, 10), violations=["v1"], result="不采纳")), {}, None),
        ("sanction_is_submitted", proposed(), {"pending_sanction": "s"}, None),
        ("sanction_is_submitted", proposed(), {"pending_sanction": "another's"}, "E-GUARD:submitted"),
        ("sanction_is_submitted", proposed(state="reviewed"), {"pending_sanction": "s"}, "E-GUARD:submitted"),
        ("sanction_is_submitted", proposed(measure_taken="警告"), {"pending_sanction": "s"}, "E-GUARD:submitted"),
        ("files_are_sent", moving("sent"), {"place_change": "c"}, None),
        ("files_are_sent", moving("decided"), {"place_change": "c"}, "E-GUARD:moved"),
        ("files_are_sent", moving("arrived"), {"place_change": "another's"}, "E-GUARD:moved"),
        ("ground_is_met", case("提请撤销缓刑", "第35条第2项", act("脱离监管", days=11)), {}, "E-CODE"),
        ("reviewed_after_hearing", {"heard_on": TODAY}, {"reviewed_on": date(2021, 5, 31)}, "E-ORDER"),
        ("review_agreed", {"review": "r1", "conclusion": "不同意"}, {}, "E-GUARD:review"),
        ("review_agreed", {"review": "r1", "conclusion": "同意"}, {}, None),
        ("merits_are_stated", {}, {"merits": " "}, "E-REQ"),
        ("served_after_decision", {"decided_on": TODAY}, {"served_on": date(2021, 5, 31)}, "E-ORDER"),
        ("review_is_properly_made", vote(5), {}, None),
        ("review_is_properly_made", vote(6), {}, "E-GUARD:votes"),
        ("review_is_properly_made", vote(2, 3), {}, "E-GUARD:votes"),
        ("review_is_properly_made", vote(2, 3, conclusion="不同意"), {}, None),
        ("review_is_properly_made", vote(5, members=5), {}, "E-GUARD:quorum"),
        ("review_is_properly_made", vote(5, handler="外人"), {}, "E-GUARD:quorum"),
        ("attended_by_somebody", {}, {"attendees": [{"episode": "a"}, {"episode": "a"}]}, "E-DUP"),
        ("fence_is_a_shape", {}, {}, "E-REQ"),
        ("fence_is_a_shape", {}, {"centre_longitude": 114, "radius": 100}, "E-REQ"),
        ("fence_is_a_shape", {}, {"shape": "圆"}, "E-TYPE"),
        ("fence_is_a_shape", {}, {"shape": '{"type": "Polygon", "coordinates": []}'}, None),
        ("acknowledged_as_said", {"raised_at": AT}, {"acked_at": AT - timedelta(minutes=1)}, "E-ORDER"),
        ("acknowledged_as_said", {"raised_at": AT}, {"acked_at": AT + timedelta(minutes=31), "acked_in_time": True}, "E-GUARD:prompt"),
        ("acknowledged_as_said", {"raised_at": AT}, {"acked_at": AT + timedelta(minutes=30), "acked_in_time": True}, None),
        ("violation_is_linked", {"verdict": "真实违规"}, {}, "E-GUARD:violation"),
        ("violation_is_linked", {"verdict": "定位漂移"}, {"violation": "v"}, "E-GUARD:violation"),
        ("violation_is_linked", {"verdict": "定位漂移"}, {}, None),
        ("merged_into_another", {"key": "a"}, {"merged_into": "a"}, "E-GUARD:merge"),
    ],
)  # fmt: skip
def test_a_guard_refuses_with_its_code_and_a_remedy(guard, record, payload, code):
    problem = getattr(guards, guard)(record, payload, TODAY)
    assert (problem and problem.code) == code
    assert problem is None or problem.remedy


def ways(kind, given, target, without):
    """Whether the target is reached by steps that do not ask the guard, for a record with the given values."""
    steps = [each for each in LINE.kinds[kind].states.transitions if meets(given, each.where)]
    free = [each for each in steps if without not in (*each.guards, each.action)]
    reached = {each.target for each in free if not each.sources}
    for _ in range(len(steps)):
        reached |= {each.target for each in free if each.target and reached & set(each.sources)}
    return target in reached


@pytest.mark.parametrize(
    ("kind", "given", "target", "without"),
    [
        *[("episode", {}, state, guard) for state in ("registered", "released", "moved", "lost")
          for guard in ("identity_is_checked", "team_is_whole", "plan_is_made", "classes_are_in_order")],
        *[("episode", {}, "released", guard) for guard in ("term_is_over", "handed_over")],
        ("episode", {}, "proposed", "sanction_is_submitted"),
        ("episode", {}, "moved", "files_are_sent"),
        *[("assessment", {}, "sent", guard) for guard in ("two_investigators", "reviewed_after_visits", "sent_after_review")],
        *[("leave", {}, "closed", guard) for guard in ("filed_with_the_county", "no_leave_overlaps", "proof_is_checked", "applied_in_time")],
        ("place_change", {}, "arrived", "new_place_agrees"),
        *[("sanction", {"measure_taken": "训诫"}, "served", guard) for guard in ("ground_is_met", "hear", "articles_are_stated")],
        *[("sanction", {"measure_taken": "警告"}, "served", guard) for guard in ("ground_is_met", "review_agreed", "hear", "review")],
        *[("sanction", {"measure_taken": measure}, "concluded", guard)
          for measure in ("提请治安处罚", "提请撤销缓刑", "提请撤销假释", "提请收监执行")
          for guard in ("ground_is_met", "review_agreed", "reviewed_after_hearing", "hear", "review")],
        ("lost_search", {}, "told", "searched_before"),
        ("location_order", {}, "worn", "approve"),
    ],
)  # fmt: skip
def test_no_way_leads_around_a_guard(kind, given, target, without):
    assert ways(kind, given, target, "")
    assert not ways(kind, given, target, without)


def test_a_sanction_takes_only_its_own_way():
    """Praise, admonition and warning are decided, proposals submitted; none of them by the step of another."""
    for measure in ("提请治安处罚", "提请撤销缓刑", "提请撤销假释", "提请收监执行"):
        assert not ways("sanction", {"measure_taken": measure}, "decided", "")
    for measure in ("表扬", "训诫", "警告"):
        assert not ways("sanction", {"measure_taken": measure}, "submitted", "")


def test_every_sanction_is_decided_by_two_and_positioning_by_the_head():
    for each in LINE.kinds["sanction"].states.transitions:
        if each.target in ("decided", "submitted"):
            assert each.two_person, each.action
    for each in LINE.kinds["location_order"].states.transitions:
        if each.action in ("approve", "renew"):
            assert each.roles == ("HEAD",)


def test_no_machine_closes_an_alarm():
    for each in LINE.kinds["alarm"].states.transitions:
        assert not each.automatic
    assert not ways("alarm", {}, "handled", "verify")


@pytest.mark.parametrize("kind", [each.id for each in LINE.kinds.values() if each.states])
def test_what_ends_a_matter_stops_its_clocks(kind):
    """A family that may run in a state from which a step ends the matter is stopped by that step.

    DR10-08 is stopped by the filing, without which a leave is not closed.
    """
    table = LINE.kinds[kind].states
    final = {state.id for state in table.states if state.final}
    running = {state.id: set() for state in table.states}
    for _ in range(len(table.transitions)):
        for each in table.transitions:
            started = {use.family for use in each.starts}
            for source in each.sources or ("",):
                left = (running.get(source, set()) - set(each.stops)) | started
                running[each.target or source] |= left
    left = {state: running[state] for state in final if running[state]}
    assert left == ({"closed": {"DR10-08"}} if kind == "leave" else {})


def test_personal_fields_are_classed_and_nothing_is_public():
    personal = {
        "name",
        "id_no",
        "phone",
        "address",
        "born",
        "crime",
        "diagnosis",
        "victim_opinion",
        "facts",
        "statement",
    }
    for kind in LINE.kinds.values():
        assert not kind.public
        for field in kind.fields:
            if field.name in personal - {"name"} or (field.name == "name" and kind.shape == "matter"):
                assert field.privacy in (PrivacyClass.P2, PrivacyClass.P3), (kind.id, field.name)
    minor = next(
        each for each in LINE.kinds["episode"].states.transitions if each.action == "notice_in_minor"
    )
    assert minor.sets == {"secrecy": "SEALED"}


def test_codes_are_the_regimes():
    """What forms offer is what supervision.toml states."""
    regime = guards.REGIME
    fields = {(kind.id, each.name): each for kind in LINE.kinds.values() for each in kind.fields}
    assert fields["sanction", "measure_taken"].codes == tuple(regime.sanctions)
    assert fields["violation", "conduct"].codes == regime.incidents
    assert fields["leave", "decided_at_level"].codes == tuple(each.id for each in regime.leave_levels)
    articles = {guards._ARTICLE.sub(r"A\1-\2", each) for each in fields["sanction", "articles"].codes}
    assert articles == {ground.id for ground in regime.grounds}


def test_figures_of_a_few_records_by_hand():
    day, before = date(2021, 5, 1), date(2020, 5, 1)

    def of(kind, key, **more):
        return {"key": key, "kind": kind, "occurred_on": day, "state": "confirmed", **more}

    def punished(key, measure, person="p", **more):
        return of("sanction", key, measure_taken=measure, person=person, decided_on=day, **more)

    crime = [{"judged_on": day, "committed_on": day}]
    records = [
        of("episode", "e1", person="p", reported_on=before),
        of("episode", "e2", person="q", reported_on=day, new_crimes=crime),
        of("episode", "e3", person="r", reported_on=before, closed_on=day),
        of("episode", "e4", person="s", reported_on=before, closed_on=date(2021, 12, 31)),
        of("episode", "e5", person="t", state="notified"),
        punished("s1", "训诫"), punished("s2", "训诫"),
        punished("s3", "警告"), punished("s4", "警告"), punished("s5", "警告", "q"),
        of("sanction", "s6", measure_taken="提请收监执行", submitted_on=day),
        of("sanction", "s7", measure_taken="提请治安处罚", submitted_on=day),
        of("location_order", "o1", person="p", device_kind="电子腕带", state="worn", told_on=day, positioned_from=day),
        of("location_order", "o2", person="p", device_kind="电子腕带", state="removed", told_on=day, positioned_from=day),
        of("location_order", "o3", person="q", device_kind="电子腕带", state="refused", positioned_from=day),
        of("lost_search", "l1", person="p", loss="脱管", lost_on=day),
        of("assessment", "a1", state="sent"), of("assessment", "a2", state="sent"), of("assessment", "a3", state="withdrawn"),
        of("alarm", "m1", state="closed", raised_at=AT, verdict="真实违规", acked_in_time=True),
        of("alarm", "m2", state="closed", raised_at=AT, verdict="定位漂移", acked_in_time=True),
        of("alarm", "m3", state="raised", raised_at=AT), of("alarm", "m4", state="merged", raised_at=AT),
        of("education", "c1", attendees=[{"episode": "e1", "hours": 2}, {"episode": "e2", "hours": 3}]),
        of("education", "c2", state="draft", attendees=[{"episode": "e1", "hours": 2}]),
        of("service_activity", "c3", attendees=[{"episode": "e1", "hours": 4}]),
        of("collective_review", "r1", items=[{"number": 1}, {"number": 2}]),
    ]  # fmt: skip
    deadlines = [
        {
            "record": key,
            "family": family,
            "started_on": day,
            "due_on": day,
            "done_on": day,
            "standing": standing,
        }
        for key, family, standing in (
            ("a1", "DR10-04", "DONE_ON_TIME"),
            ("a2", "DR10-05", "DONE_LATE"),
            ("a3", "DR10-04", "DONE_ON_TIME"),
        )
    ]
    printed = {
        name: figure(metric, year(2021), records, deadlines).printed for name, metric in LINE.metrics.items()
    }
    assert printed == {
        "M10-01": "3", "M10-02a": "1", "M10-02b": "2", "M10-03": "2", "M10-04a": "2", "M10-04b": "3", "M10-05": "1",
        "M10-06": "1", "M10-07": "33.33%", "M10-08a": "1", "M10-08b": "0", "M10-09": "50.0%", "M10-10a": "33.33%",
        "M10-10b": "66.67%", "M10-12a": "2", "M10-12b": "5.0", "M10-12c": "1", "M10-12d": "4.0", "M10-13a": "1", "M10-13b": "2",
    }  # fmt: skip


def test_every_template_is_issued_by_a_step_and_every_deadline_of_the_line_that_it_owes_is_started():
    """The clocks of other bodies' notices (DR10-02, 02b, 28), of applications beforehand (06, 07, 11), of arrest (19) and commutation (25) start nowhere."""
    steps = [each for kind in LINE.kinds.values() if kind.states for each in kind.states.transitions]
    assert {name for each in steps for name in each.documents} == set(LINE.documents)
    rules = {rule.family for rule in deadline_rules() if rule.line == "10"}
    started = {use.family for each in steps for use in each.starts}
    elsewhere = {"DR10-02", "DR10-02b", "DR10-06", "DR10-07", "DR10-11", "DR10-19", "DR10-25", "DR10-28"}
    assert rules - started == elsewhere
