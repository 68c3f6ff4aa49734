"""The people of the sample bureau who log in, each with what they may do (示例用户)."""

from __future__ import annotations

from mingzhang.records.models import Entity, Grant, Role, User
from mingzhang.records.trail import record
from mingzhang.sample.planned import settings

PASSWORD = "Mingzhang-2021"
"""The password of every sample person; the demonstration listens on this machine only."""


def add_people() -> list[User]:
    """Add those who are not there yet, and return all of them in the order of the plan."""
    plan = settings()
    codes = {"department": plan["department"]["code"]} | {
        name: unit["code"] for name, unit in plan["units"].items()
    }
    people = []
    for stated in settings("people")["people"]:
        person = User.objects.filter(username=stated["username"]).first()
        if person is None:
            person = User.objects.create_user(
                stated["username"], PASSWORD, stated["name"], section=stated["section"]
            )
            grants = [
                Grant.objects.create(
                    user=person, role=Role(grant["role"]), entity=Entity.objects.get(code=codes[grant["at"]])
                )
                for grant in stated["grants"]
            ]
            record(
                "people",
                "建立用户",
                person.username,
                of=person,
                after={"name": person.name, "grants": stated["grants"]},
                touched=grants,
            )
        people.append(person)
    return people
