"""Whatever anybody tries in whatever order: no path leads around a guard, no deadline is lost."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.transitions import approve, send_back, take
from records.casework.helping import TODAY, clean, key

PAYLOADS = {
    "hold": [{"reason": "等"}, {"reason": "等", "until": "2023-09-01"}, {}],
    "go_on": [{}], "lapse": [{}], "visit": [{"visits": [{"on": "2023-03-01", "reached": "否"}]}, {}], "reopen": [{"reason": "再办"}],
    "prolong": [{"days": 5}, {"days": -1}, {}], "grant": [{"fee": "1"}, {}, {"fee": "2", "facts": "情况"}, {"decision": "准予"}],
    "refuse": [{"grounds": "缺"}, {}], "close": [{"score": "90"}, {}, {"state": "closed"}], "object": [{"child": {"grounds": "不服"}}, {}],
}  # fmt: skip
STEPS = 60


def tries(district, record, table, random, day):
    """One attempt at anything by anybody; whether it was let through."""
    user = getattr(
        district,
        random.choice(["clerk", "second", "head", "east_jo", "west_jo", "lawyer", "resident", "finance"]),
    )
    try:
        what = random.random()
        if what < 0.15:
            approve(user, record, occurred_on=day, command_key=key(), today=TODAY)
        elif what < 0.2:
            send_back(user, record, random.choice(["不妥", ""]), command_key=key(), today=TODAY)
        else:
            near = [each.action for each in table.transitions if record.state in each.sources]
            action = random.choice(near if near and what < 0.8 else list(PAYLOADS))
            take(
                user,
                record,
                action,
                random.choice(PAYLOADS[action]),
                occurred_on=day,
                command_key=key(),
                today=TODAY,
            )
    except RefusedError:
        return False
    return True


@pytest.mark.parametrize("seed", range(3))
def test_no_path_leads_around_a_guard_and_no_deadline_is_lost(district, opened, window, seed):
    random, day = Random(seed), date(2023, 3, 1)
    record, taken, families = opened(on=day), 0, set()
    table = window.kinds["request"].states
    for _ in range(STEPS):
        taken += tries(district, record, table, random, day)
        day += timedelta(days=random.randrange(4))
        record = Record.objects.get(pk=record.pk)
        known = set(record.deadlines.values_list("key", flat=True))
        assert families <= known
        families = known
        if record.state in ("received", "held"):
            [running] = record.deadlines.filter(family="DR07-01", standing__in=Deadline.OPEN)
            assert running.standing == ("PAUSED" if record.state == "held" else "RUNNING")
            assert (running.base_due_on - running.started_on).days >= 7 + running.extension
            assert record.holds.filter(to_on=None).count() == (record.state == "held")
        if record.state in ("granted", "closed"):
            assert record.content["fee"] is not None
    assert taken >= 2
    events = list(record.events.order_by("number"))
    steps = {
        (source, each.action, each.target or source)
        for each in table.transitions
        for source in each.sources or ("",)
    }
    for event in events:
        if event.action not in ("draft", "send_back"):
            assert (event.from_state, event.action, event.to_state) in steps
        assert (
            event.action == "receive"
            or event.from_state == event.to_state
            or event.actor_id in (district.clerk.pk, district.second.pk, district.head.pk, district.lawyer.pk)
        )
    for before, after in pairwise(events):
        if after.action == "grant":
            assert before.action == "draft"
            assert before.actor_id != after.actor_id
    clean()
