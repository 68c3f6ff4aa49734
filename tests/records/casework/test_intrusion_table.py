"""The table of attempted intrusions: every role × line × step × own and foreign, over the real lines; and how many attempts that were."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from mingzhang.casework.access import Scope, letters, scope
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.lines import all_lines, kind_of
from mingzhang.records.casework.models import CasePost, CaseRole, Event, Record
from mingzhang.records.casework.transitions import take
from mingzhang.records.models import User
from records.casework.helping import BEGINNING, key, make_district

pytestmark = pytest.mark.django_db

ON = date(2023, 3, 1)
_OUTSIDE = {"E-AREA"}
_ATTEMPTS: dict[str, int] = {}


@pytest.fixture
def place(db):
    """The district with one person of each role, kept to the own street and organisation."""
    found = make_district()
    found.people = {}
    for role in CaseRole.values:
        person = User(username=f"role_{role}", name=role)
        person.set_unusable_password()
        person.save()
        narrow = {"JO": {"area": found.east}, "UNIT": {"organisation": found.unit}}.get(role, {})
        CasePost.objects.create(user=person, role=role, valid_from=BEGINNING, **narrow)
        found.people[role] = person
    return found


def _records(line, place) -> list[tuple[Record, dict[str, str], bool]]:
    """A record of each kind and state with the steps that start there: of the own street and unit, and of foreign ones."""
    rows, steps = [], []
    for name in line.kinds:
        kind = kind_of(f"{line.id}.{name}")
        sources = {source for each in kind.states.transitions for source in each.sources}
        for state in sorted(sources):
            actions = {each.action: each for each in kind.states.transitions if state in each.sources}
            for own in (True, False):
                rows.append(
                    Record(
                        key=new_key(), line=line.id, kind=name, state=state, table_version=kind.states.version, secrecy=kind.secrecy, occurred_on=ON,
                        rule_date=ON, recorded_at=timezone.now(), title="试", area=place.community if own else place.far, organisation=place.unit if own else place.centre,
                    )
                )  # fmt: skip
                steps.append((actions, own))
    made = Record.objects.bulk_create(rows)
    return [(record, actions, own) for record, (actions, own) in zip(made, steps, strict=True)]


@pytest.mark.parametrize("line", all_lines())
def test_no_role_takes_a_step_that_is_not_its_own(place, line):
    """Outside the scope the record does not exist, whatever the step; inside, a step of other roles is refused, and nothing is written."""
    stated, attempts = all_lines()[line], 0
    records = _records(stated, place)
    for role, person in place.people.items():
        access = CaseAccess(person)
        seen = set(access.records(line).values_list("pk", flat=True))
        reach = scope(stated.access, role)
        for record, actions, own in records:
            inside = reach is Scope.ALL or (reach in (Scope.AREA, Scope.ORGANISATION) and own)
            assert (record.pk in seen) == inside, (role, record.kind, own)
            for action, step in actions.items() if inside else list(actions.items())[:1]:
                if inside and role in step.roles and letters(stated.access, role) & {"A", "W", "O"}:
                    continue
                attempts += 1
                with pytest.raises(RefusedError) as refused:
                    take(person, record, action, {}, occurred_on=ON, command_key=key())
                codes = {problem.code for problem in refused.value.problems}
                unoffered = {"E-STATE"} if step.where or step.automatic else set()
                expected = {"E-ROLE", *unoffered} if inside else _OUTSIDE
                assert codes & expected, (role, record.kind, action, own, codes)
    assert not Event.objects.filter(record__line=line).exists()
    _ATTEMPTS[line] = attempts


def test_the_size_of_the_table_is_told(capsys):
    """So that a report names it."""
    with capsys.disabled():
        told = "，".join(f"{all_lines()[line].chinese} {count}" for line, count in _ATTEMPTS.items())
        print(f"\n越权试探 {sum(_ATTEMPTS.values())} 次（{told}），得逞 0 次")
    assert set(_ATTEMPTS) == set(all_lines())
    assert sum(_ATTEMPTS.values()) > 1_000
