"""What a sample year is made of (示例数据): records with the steps that they went through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, takewhile
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A step of the state table, taken on a day by somebody of a role."""

    action: str
    on: date
    role: str
    payload: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """A record of a kind ("line.kind"), opened on a day; `key` lets others point at it ("@key" in a field)."""

    kind: str
    key: str
    opened_on: date
    role: str
    fields: Mapping[str, Any]
    steps: tuple[SampleStep, ...] = ()
    organisation: str = ""
    """Name of the organisation that keeps it."""
    area: str = ""
    """Code of the area."""
    channel: str = ""
    opening: str = ""
    """The action that opens it, where the state table has several."""


@dataclass(frozen=True, slots=True)
class SampleReturn:
    """A monthly return of an organisation: item → number."""

    form: str
    organisation: str
    year: int
    month: int
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An invented person with a number whose checksum is right and whose region is nobody's."""

    name: str
    id_no: str
    phone: str


@dataclass(frozen=True, slots=True)
class SampleArea:
    """An area of the tree: a district, a street or a community; its name is invented."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """An organisation with its kind (街道, 司法所, 律所, 行政机关, 调委会…); its name is invented."""

    name: str
    kind: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sample year plays: the year, the areas and organisations that all lines share, and whoever a line invents."""

    year: int
    areas: tuple[SampleArea, ...]
    organisations: tuple[SampleOrganisation, ...]
    _people: dict[str, int] = field(default_factory=dict)

    def random(self, name: str) -> Random:
        """The dice of a line: the same each time."""
        return Random(f"{self.year} {name}")

    def of_kind(self, kind: str) -> list[SampleOrganisation]:
        """The organisations of a kind, in order."""
        return [each for each in self.organisations if each.kind == kind]

    @property
    def communities(self) -> list[SampleArea]:
        """The areas of the lowest level."""
        parents = {area.parent for area in self.areas}
        return [area for area in self.areas if area.code not in parents]

    def person(self, dice: Random) -> SamplePerson:
        """Somebody new."""
        name = dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.choice((1, 2, 2))))
        born = date(1950, 1, 1) + timedelta(days=dice.randrange(19_000))
        number = self._people["count"] = self._people.get("count", 0) + 1
        body = f"420199{born:%Y%m%d}{number % 1000:03d}"
        weighed = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return SamplePerson(name, body + "10X98765432"[weighed % 11], f"199{number:08d}")

    def day(self, dice: Random, first: date, last: date) -> date:
        """A weekday between two days, both included."""
        while True:
            found = first + timedelta(days=dice.randrange((last - first).days + 1))
            if found.weekday() < 5:
                return found


def confirmed(
    kind: str, place: int, on: date, fields: Mapping[str, Any], *, by: str, confirmed_by: str, area: str = ""
) -> SampleRecord:
    """An activity entered and submitted by one role and confirmed by another on its day."""
    steps = (SampleStep("submit", on, by), SampleStep("confirm", on, confirmed_by))
    return SampleRecord(kind, f"{kind.partition('.')[2]}_{place}", on, by, fields, steps, area=area)


def later(day: date, days: int) -> date:
    """The weekday that many days on, or the Monday after."""
    found = day + timedelta(days=days)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def until(last: date, steps: Iterable[SampleStep]) -> tuple[SampleStep, ...]:
    """The steps up to a day: what comes later has not happened yet."""
    return tuple(takewhile(lambda step: step.on <= last, steps))


def whole_number_parts(total: int, parts: int, dice: Random, least: int = 0) -> list[int]:
    """A total cut into parts of at least so much, by chance; they add up."""
    left = total - least * parts
    cuts = sorted(dice.randrange(left + 1) for _ in range(parts - 1))
    return [least + end - start for start, end in pairwise([0, *cuts, left])]


_SURNAMES = "云林禾江叶秋沈陆顾贺柏樊温简易席尹卓连池闻丛盛辛晏商"
_GIVEN = "知远明澜若溪望舒景行怀瑾清和予安思齐书言南星北辰念慈以宁向晚初霁"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
