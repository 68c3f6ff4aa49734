"""Live events (实时事件): said in the transaction of what happened, heard by whose posts reach it. An event tells no content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from mingzhang.casework.access import Scope, scope
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Area
from mingzhang.records.people.models import User
from mingzhang.records.streams.models import LiveEvent

ALARM, QUESTION, USER = "alarm", "question", "user"
LINES = {ALARM: "corrections", QUESTION: "online_questions"}
"""Topics that carry an area's code, with the line whose posts hear them."""


def say(topic: str, kind: str, key: str, *, area: Area | None = None, users: Iterable[User] = ()) -> None:
    """Say that the record of a key changed (`kind`: what happened) to the posts of a topic that reach the area, and to users whom it names."""
    now = timezone.now()
    topics = [f"{topic}:{area.code if area else ''}", *(f"{USER}:{user.pk}" for user in users)]
    LiveEvent.objects.bulk_create(LiveEvent(at=now, topic=each, kind=kind, key=key) for each in topics)


@dataclass(frozen=True, slots=True)
class Topics:
    """What a person hears: by topic the codes of the areas that the posts reach (a blank code: everything), and what names the person."""

    user: int
    areas: dict[str, frozenset[str]]

    def hears(self, topic: str) -> bool:
        """Whether an event of the topic is for this person."""
        name, _, rest = topic.partition(":")
        if name == USER:
            return rest == str(self.user)
        return any(rest.startswith(code) for code in self.areas.get(name, ()))


def topics_of(user: User) -> Topics:
    """What a person hears now, from the posts held today, never from what a request asks for."""
    access = CaseAccess(user)
    found: dict[str, frozenset[str]] = {}
    for name, line_id in LINES.items():
        line = all_lines().get(line_id)
        reached = set()
        for post in access.posts_in(line_id) if line else ():
            assert line is not None
            reach = scope(line.access, post.role)
            area = post.area or (post.organisation.area if post.organisation else None)
            if reach is Scope.ALL and not post.organisation:
                reached.add(post.area.code if post.area else "")
            elif reach is Scope.AREA and area:
                reached.add(area.code)
        found[name] = frozenset(reached)
    return Topics(user.pk, found)
