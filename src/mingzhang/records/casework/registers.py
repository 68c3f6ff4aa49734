"""What steps ask of the books beside their own record (登记处): running numbers, people, other records, projects; of the database each time, or remembered over many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from mingzhang.casework.definitions import Kind
from mingzhang.casework.numbering import written
from mingzhang.casework.siblings import anchor_of
from mingzhang.records.casework.lines import kind_of_record
from mingzhang.records.casework.models import Numbering, Person, Record
from mingzhang.records.casework.numbering import next_number
from mingzhang.records.models import Project
from mingzhang.records.people.models import User


class Registers(Protocol):
    """What a step may ask."""

    def next_number(self, name: str, pattern: str, year: int) -> str:
        """The next number of a run, in its pattern's form."""

    def users(self, people: Iterable[str]) -> dict[str, User]:
        """The users that persons are, by the persons' keys; of a merged person that of the one who stands for him."""

    def records(self, keys: Iterable[str]) -> list[Record]:
        """Other records by their keys."""

    def sharing(self, kind: Kind, anchor: str, anchor_kind: str) -> list[Record]:
        """The records of a kind that name the anchor, a record of `anchor_kind`, in what they share; of that kind the anchor itself. The oldest first."""

    def project(self, words: str) -> Project | None:
        """The first-level project that a line's word for it fits, where it fits exactly one; else finance assigns it."""


class Books:
    """The database, asked each time."""

    def next_number(self, name: str, pattern: str, year: int) -> str:
        """The run is locked to the end of the transaction."""
        return next_number(name, pattern, year)

    def users(self, people: Iterable[str]) -> dict[str, User]:
        """One question for all of them; none for nobody."""
        wanted = list(people)
        if not wanted:
            return {}
        found = Person.objects.filter(key__in=wanted).select_related("user", "merged_into__user")
        stand_for = {person.key: person.merged_into or person for person in found}
        return {key: person.user for key, person in stand_for.items() if person.user is not None}

    def records(self, keys: Iterable[str]) -> list[Record]:
        """One question for all of them."""
        wanted = list(keys)
        return list(Record.objects.filter(key__in=wanted)) if wanted else []

    def sharing(self, kind: Kind, anchor: str, anchor_kind: str) -> list[Record]:
        """One question for each kind."""
        if kind.name == anchor_kind:
            return self.records([anchor])
        own = Record.objects.filter(line=kind.line, kind=kind.id)
        return list(own.filter(**{f"content__{kind.shares}": anchor}).order_by("id"))

    def project(self, words: str) -> Project | None:
        """Two that fit are as good as none."""
        named = list(Project.objects.filter(name__contains=words, parent=None).select_related("entity")[:2])
        return named[0] if len(named) == 1 else None


class Remembered(Books):
    """The database as it was when first asked, and what was made since: for many records played in memory before any is written."""

    def __init__(self) -> None:
        self.numbers = {(run.name, run.year): run.last for run in Numbering.objects.all()}
        self._projects: dict[str, Project | None] = {}
        self._users: dict[str, User | None] = {}
        self._records: dict[str, Record] = {}
        self._sharing: dict[tuple[str, str], list[Record]] = {}

    def next_number(self, name: str, pattern: str, year: int) -> str:
        """Given now, written with all others by `keep_numbers`."""
        last = self.numbers[name, year] = self.numbers.get((name, year), 0) + 1
        return written(pattern, year, last)

    def keep_numbers(self) -> None:
        """Write the last number of every run."""
        for (name, year), last in self.numbers.items():
            Numbering.objects.update_or_create(name=name, year=year, defaults={"last": last})

    def users(self, people: Iterable[str]) -> dict[str, User]:
        """Each person is asked for once."""
        wanted = list(people)
        fresh = [key for key in wanted if key not in self._users]
        if fresh:
            self._users |= dict.fromkeys(fresh) | super().users(fresh)
        return {key: user for key in wanted if (user := self._users[key]) is not None}

    def records(self, keys: Iterable[str]) -> list[Record]:
        """Those made meanwhile too, though not yet written."""
        wanted = list(keys)
        fresh = [key for key in wanted if key not in self._records]
        if fresh:
            self._records |= {each.key: each for each in super().records(fresh)}
        return [self._records[key] for key in wanted if key in self._records]

    def made(self, record: Record) -> None:
        """A record that others may name from now on."""
        self._records[record.key] = record
        kind = kind_of_record(record)
        if kind.shares:
            anchor = str(record.content.get(kind.shares) or "")
            self.sharing(kind, anchor, anchor_of(kind)).append(record)

    def sharing(self, kind: Kind, anchor: str, anchor_kind: str) -> list[Record]:
        """Those made meanwhile too."""
        if kind.name == anchor_kind:
            return self.records([anchor])
        if (kind.name, anchor) not in self._sharing:
            self._sharing[kind.name, anchor] = super().sharing(kind, anchor, anchor_kind)
        return self._sharing[kind.name, anchor]

    def project(self, words: str) -> Project | None:
        """Each word is asked for once."""
        if words not in self._projects:
            self._projects[words] = super().project(words)
        return self._projects[words]
