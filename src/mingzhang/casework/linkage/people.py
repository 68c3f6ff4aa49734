"""People on two lists (比对名单), as written and as compared: names without variants, their sound, numbers with their checksum, dates of birth.

A number whose checksum fails is kept: it may be one digit away from the true one. What was not written is blank and says nothing.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mingzhang.casework.identifiers import birth, resident_id_mistake, sex
from mingzhang.casework.linkage.names import plain_name, plain_text, sound, surname_of
from mingzhang.casework.linkage.numbers import plain_number


class Person(NamedTuple):
    """A person as a list states them; only key and name must be there. `sex` is 男, 女 or blank; `place` an address or native place."""

    key: str
    name: str
    id_no: str = ""
    born: date | None = None
    sex: str = ""
    phone: str = ""
    place: str = ""


class Compared(NamedTuple):
    """A person as compared: texts in one form, blank where nothing is stated.

    `number` is written with eighteen signs; `sound` is the name's reading without tones; `born` is stated, or read from a sound number.
    """

    key: str
    name: str
    sound: str
    surname: str
    number: str
    sound_number: bool
    born: date | None
    sex: str
    phone: str
    place: str


def compared(person: Person) -> Compared:
    """A person in the form in which they are compared.

    >>> compared(Person("1", "張 偉", "110105491231002"))[1:8]
    ('张伟', 'zhang wei', '张', '11010519491231002X', True, datetime.date(1949, 12, 31), '女')
    """
    name = plain_name(person.name)
    number = plain_number(person.id_no)
    holds = bool(number) and resident_id_mistake(number) is None
    return Compared(
        key=person.key,
        name=name,
        sound=sound(name),
        surname=surname_of(name),
        number=number,
        sound_number=holds,
        born=person.born or (birth(number) if holds else None),
        sex=person.sex if person.sex in ("男", "女") else sex(number) if holds else "",
        phone="".join(sign for sign in plain_text(person.phone) if sign.isdigit())[-11:],
        place=plain_text(person.place),
    )
