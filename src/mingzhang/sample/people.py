"""The people of the sample bureau who log in, each with what they may do (示例用户)."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import make_password

from mingzhang.records.administration.grants import give
from mingzhang.records.models import Entity, Role, User
from mingzhang.records.trail import content, record
from mingzhang.sample.planned import settings

PASSWORD = "Mingzhang-2021"
"""The password of every sample person; the demonstration listens on this machine only."""


@cache
def hashed() -> str:
    """The password as it is kept; hashed once, since hashing is slow on purpose."""
    return make_password(PASSWORD)


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
            person = User.objects.create(
                username=stated["username"], password=hashed(), name=stated["name"], section=stated["section"]
            )
            record("people", "建立用户", person.username, of=person, after=content(person, "password"))
            for grant in stated["grants"]:
                give(person, Role(grant["role"]), Entity.objects.get(code=codes[grant["at"]]))
        people.append(person)
    return people
