"""Who may what in casework (业务权限): posts with dates, letters of the line, scope of rows. The one place that scopes records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from mingzhang.casework.access import Scope, letters, scope
from mingzhang.casework.definitions import Line
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.lines import all_lines, line_of
from mingzhang.records.casework.models import Area, CasePost, Involved, Organisation, Record
from mingzhang.records.casework.organisations import and_below
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.people.models import User

SEALED = "SEALED"


class CaseAccess:
    """What a person may do in casework on a day, by the posts held then. An inactive person may nothing."""

    def __init__(self, user: User, today: date | None = None) -> None:
        self.user = user
        self.today = today or timezone.localdate()

    @cached_property
    def posts(self) -> list[CasePost]:
        """The posts held on the day."""
        present = self.user.present
        if not self.user.is_active or (present is not None and not present.has_posts):
            return []
        held = CasePost.objects.filter(user=self.user, valid_from__lte=self.today)
        held = held.filter(Q(valid_to=None) | Q(valid_to__gte=self.today))
        return list(held.select_related("area", "organisation", "organisation__area"))

    def posts_in(self, line: str) -> list[CasePost]:
        """The posts that count in a line."""
        return [post for post in self.posts if post.line in ("", line)]

    def roles(self, line: str) -> frozenset[str]:
        """The roles held in a line."""
        return frozenset(post.role for post in self.posts_in(line))

    def letters(self, line: str) -> frozenset[str]:
        """Every letter held in a line, whatever its scope."""
        access = line_of(line).access
        return frozenset(letter for role in self.roles(line) for letter in letters(access, role))

    def may(self, line: str, letter: str) -> bool:
        """Whether the person has the letter in the line: A approve, W write, R read rows, S statistics, O own records."""
        return letter in self.letters(line)

    def lines(self) -> list[Line]:
        """The lines in which the person has anything at all."""
        return [line for line in all_lines().values() if self.letters(line.id)]

    def reads_logs(self) -> bool:
        """Whether the person is the auditor, who reads the logs and no business row."""
        return any(post.role == "AUD" for post in self.posts)

    def records(self, line: str = "", letter: str = "") -> QuerySet[Record]:
        """The records in scope, of one line or of all; with a letter, those over which it is held."""
        wanted = [each for each in all_lines().values() if line in ("", each.id)]
        whole = [each.id for each in wanted if self._is_whole(each, letter)]
        if len(whole) == len(all_lines()):
            return Record.objects.all()
        if len(wanted) == 1:
            return Record.objects.filter(Q(line__in=whole) if whole else self._in_line(wanted[0], letter))
        found = Record.objects.filter(self._by_line(wanted, whole, letter))
        if not whole and all(self._is_own(each) for each in wanted):
            found = found.filter(self._named())
        return found

    def _by_line(self, wanted: list[Line], whole: list[str], letter: str) -> Case:
        """The condition of each line under its name: no index of lines serves it, so that a list is walked in its own order to its first page."""
        cases = [When(Q(line__in=whole), then=Value(True))] if whole else []
        for each in wanted:
            if each.id not in whole and self.posts_in(each.id):
                cases.append(When(Q(line=each.id), then=Q(self._in_line(each, letter))))
        return Case(*cases, default=Value(False), output_field=BooleanField())

    def _is_own(self, line: Line) -> bool:
        """Whether no post of the line reaches more than what names the person."""
        reached = (scope(line.access, post.role) for post in self.posts_in(line.id))
        return all(each is None or each is Scope.OWN for each in reached)

    def _named(self) -> Q:
        """What names the person."""
        return Q(pk__in=Involved.objects.filter(user=self.user).values("record"))

    def _is_whole(self, line: Line, letter: str) -> bool:
        """Whether one post reaches every record of the line, sealed ones too, so that nothing need be compared row by row."""
        return any(
            scope(line.access, post.role) is Scope.ALL
            and {"A", letter or "A"} <= letters(line.access, post.role)
            and post.area is None
            and post.organisation is None
            for post in self.posts_in(line.id)
        )

    def may_see(self, record: Record) -> bool:
        """Whether the record is in scope."""
        return self.records(record.line).filter(pk=record.pk).exists()

    def may_over(self, record: Record, letter: str) -> bool:
        """Whether the person has the letter over this very record."""
        return self.records(record.line, letter).filter(pk=record.pk).exists()

    def roles_over(self, record: Record) -> frozenset[str]:
        """The roles in whose scope the record is."""
        line = line_of(record.line)
        found = set()
        for post in self.posts_in(record.line):
            condition = self._by_post(line, post)
            if condition is not None and Record.objects.filter(condition, pk=record.pk).exists():
                found.add(post.role)
        return frozenset(found)

    def may_place(self, line: str, role: str, area: Area | None, organisation: Organisation | None) -> bool:
        """Whether a new record of the line, kept there, would be in the scope of one of the person's posts of the role."""
        stated = line_of(line)
        for post in self.posts_in(line):
            reach = scope(stated.access, post.role)
            if post.role != role or reach is None:
                continue
            if reach is Scope.OWN or self._holds(post, reach, area, organisation):
                return True
        return False

    def home(self, line: str, roles: Iterable[str]) -> tuple[Area | None, Organisation | None]:
        """Where the person's records of a line belong unless stated: area and organisation of the post."""
        for post in self.posts_in(line):
            if post.role in set(roles):
                return _area_of(post), post.organisation
        return None, None

    def _in_line(self, line: Line, letter: str) -> Q:
        condition = Q(pk__in=())
        for post in self.posts_in(line.id):
            held = letters(line.access, post.role)
            own = self._by_post(line, post) if not letter or letter in held else None
            if own is not None:
                condition |= own
        return condition

    def _by_post(self, line: Line, post: CasePost) -> Q | None:
        """The records of a line that a post reaches; None where it reaches no row."""
        reach = scope(line.access, post.role)
        if reach is None:
            return None
        named = self._named()
        condition = Q(line=line.id)
        if reach is Scope.OWN:
            return condition & named
        if "A" not in letters(line.access, post.role):
            condition &= ~Q(secrecy=SEALED) | named
        return condition & (self._reached(post, reach) | named)

    def _reached(self, post: CasePost, reach: Scope) -> Q:
        condition = Q(pk__gt=0)
        area = _area_of(post)
        if reach is Scope.AREA:
            condition = Q(area__in=area_and_below(area)) if area else Q(pk__in=())
        elif reach is Scope.ORGANISATION:
            condition = (
                Q(organisation__in=and_below(post.organisation)) if post.organisation else Q(pk__in=())
            )
        if reach is not Scope.AREA and post.area:
            condition &= Q(area__in=area_and_below(post.area))
        if reach is not Scope.ORGANISATION and post.organisation and reach is not Scope.AREA:
            condition &= Q(organisation__in=and_below(post.organisation))
        return condition

    def _holds(
        self, post: CasePost, reach: Scope, area: Area | None, organisation: Organisation | None
    ) -> bool:
        own = _area_of(post)
        if reach is Scope.AREA:
            return own is not None and area is not None and area_and_below(own).filter(pk=area.pk).exists()
        if reach is Scope.ORGANISATION or post.organisation:
            keys = and_below(post.organisation) if post.organisation else []
            if organisation is None or organisation.pk not in keys:
                return False
        return not post.area or (area is not None and area_and_below(post.area).filter(pk=area.pk).exists())


def _area_of(post: CasePost) -> Area | None:
    return post.area or (post.organisation.area if post.organisation else None)


def must_write(user: User, record: Record) -> str:
    """The role by which a person may write a record. Raises RefusedError: E-ROLE, or E-AREA where it is out of scope."""
    access = CaseAccess(user)
    line = line_of(record.line)
    roles = access.roles_over(record)
    if not roles:
        raise out_of_scope(record)
    for role in sorted(roles):
        held = letters(line.access, role)
        if held & {"A", "W"} or "O" in held:
            return role
    raise refused("E-ROLE", "您的岗位只能查看，不能修改", str(record), f"请由{line.chinese}的承办人员办理。")


def out_of_scope(record: Record) -> Exception:
    """The refusal of a record outside the person's scope; it tells nothing of the record but its key."""
    return refused("E-AREA", "这条记录不在您的管辖范围内", record.key, "请由所属街道、单位或承办人办理。")
