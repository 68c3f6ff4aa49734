"""Who works on the sample's cases (示例业务人员): the bureau's sections, a judicial office, and what each may do."""

from __future__ import annotations

from datetime import date

from mingzhang.records.administration.grants import give
from mingzhang.records.casework.models import Area, CasePost, Organisation
from mingzhang.records.models import Entity, Role, User
from mingzhang.records.trail import content, enter, record
from mingzhang.sample.people import add_people, hashed
from mingzhang.sample.planned import settings


def add_case_people(department: Entity, valid_from: date) -> dict[str, list[User]]:
    """Add people and posts, those known keep theirs; the people of each role by "ROLE" and by "ROLE line"."""
    add_people()
    by_role: dict[str, list[User]] = {}
    for stated in settings("casework_people")["people"]:
        person = _person(stated, department)
        for each in stated["posts"]:
            post = CasePost(
                user=person,
                role=each["role"],
                line=each.get("line", ""),
                area=Area.objects.filter(name=each.get("street", "")).first(),
                organisation=Organisation.objects.filter(name=each.get("organisation", "")).first(),
                valid_from=valid_from,
            )
            enter([post])
            by_role.setdefault(each["role"], []).append(person)
    return by_role


def _person(stated: dict[str, str], department: Entity) -> User:
    person = User.objects.filter(username=stated["username"]).first()
    if person is None:
        person = User.objects.create(
            username=stated["username"], password=hashed(), name=stated["name"], section=stated["section"]
        )
        record("people", "建立用户", person.username, of=person, after=content(person, "password"))
        give(person, Role.SECTION, department)
    return person
