"""Invented lists of people with a known truth: a register, and another body's list of some of its people and of others, with the errors such lists have.

Names follow the frequency of Chinese surnames; some people are twins or namesakes. The other list misses, mistypes and shares numbers, writes variant and
homophone characters, mistakes dates, repeats rows.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import NamedTuple

from mingzhang.casework.identifiers import resident_id
from mingzhang.casework.linkage import Person

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国文斌波辉健俊宇浩然子轩梓涵思雨欣怡佳琪诗雅晨阳志鹏飞云龙海山河川东南西北春夏秋冬梅竹菊松柏林森金银铜铁水火土木石宝珍珠琳瑶琼璐瑾瑜德仁义礼智信忠孝廉耻安康福禄寿喜庆祥瑞"
TRADITIONAL = str.maketrans(
    "张刘陈杨赵黄吴孙罗宋郑谢韩冯萧邓许卢蒋贾叶阎余谭邹陆龙万钱汤贺赖龚丽强军艳涛兰刚华红国辉俊浩轩涵阳鹏飞云龙东礼义宝铁银铜",
    "張劉陳楊趙黃吳孫羅宋鄭謝韓馮蕭鄧許盧蔣賈葉閻餘譚鄒陸龍萬錢湯賀賴龔麗強軍豔濤蘭剛華紅國輝俊浩軒涵陽鵬飛雲龍東禮義寶鐵銀銅",
)
ALIKE = {
    "伟": "炜",
    "敏": "闽",
    "静": "婧",
    "丽": "莉",
    "强": "墙",
    "磊": "垒",
    "军": "君",
    "勇": "永",
    "艳": "燕",
    "杰": "洁",
    "涛": "滔",
    "明": "鸣",
    "霞": "侠",
    "平": "萍",
    "英": "瑛",
    "玉": "钰",
    "建": "健",
    "斌": "彬",
    "波": "博",
    "辉": "晖",
}
AREAS = ("420111", "420106", "420102", "420115", "421002", "429004", "410102", "430102", "340102", "510104")
ROADS = ("珞喻路", "雄楚大道", "文化大道", "民族大道", "光谷街", "团结大道", "和平大道", "卓刀泉路")


class Lists(NamedTuple):
    """Two lists, and the true pairs (our key, their key)."""

    ours: list[Person]
    theirs: list[Person]
    truth: set[tuple[str, str]]


def lists(size: int, seed: int = 1, shared: float = 0.6) -> Lists:
    """A register of so many people, and a list as long of which so great a share is on it."""
    chance = random.Random(seed)
    everybody = _population(chance, int(size * (2 - shared)) + 1)
    ours = everybody[:size]
    known = chance.sample(range(size), int(size * shared))
    strangers = range(size, min(len(everybody), size + size - len(known)))
    theirs: list[Person] = []
    truth: set[tuple[str, str]] = set()
    for place in known:
        for _ in range(2 if chance.random() < 0.02 else 1):
            truth.add((ours[place].key, f"r{len(theirs)}"))
            theirs.append(_spoiled(chance, ours[place], everybody)._replace(key=f"r{len(theirs)}"))
    for place in strangers:
        theirs.append(_spoiled(chance, everybody[place], everybody)._replace(key=f"r{len(theirs)}"))
    return Lists([_misses(chance, each) for each in ours], theirs, truth)


def _population(chance: random.Random, size: int) -> list[Person]:
    weights = [1 / (place + 3) for place in range(len(SURNAMES))]
    people: list[Person] = []
    while len(people) < size:
        surname = chance.choices(SURNAMES, weights)[0]
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(55 * 365))
        area, order = chance.choice(AREAS), chance.randrange(1, 999)
        place = f"{chance.choice(ROADS)}{chance.randrange(1, 900)}号{chance.randrange(1, 30)}栋"
        for twin in range(2 if chance.random() < 0.006 else 1):
            given = "".join(chance.choices(GIVEN, k=1 if chance.random() < 0.2 else 2))
            number = resident_id(area, born, order + twin)
            people.append(
                Person(
                    str(len(people)),
                    surname + given,
                    number,
                    born,
                    "男" if int(number[16]) % 2 else "女",
                    _phone(chance),
                    place,
                )
            )
    return people[:size]


def _spoiled(chance: random.Random, person: Person, everybody: list[Person]) -> Person:
    """A person as the other body wrote them down."""
    name, number, born = person.name, person.id_no, person.born
    roll = chance.random()
    if roll < 0.04:
        name = name.translate(TRADITIONAL)
    elif roll < 0.07:
        name = "".join(ALIKE.get(sign, sign) for sign in name)
    elif roll < 0.09:
        name = name[:-1] + chance.choice(GIVEN)
    elif roll < 0.11:
        name = f"{name[0]} {name[1:]}"
    roll = chance.random()
    if roll < 0.15:
        number = ""
    elif roll < 0.20:
        place = chance.randrange(18)
        number = number[:place] + chance.choice("0123456789") + number[place + 1 :]
    elif roll < 0.22:
        place = chance.randrange(6, 16)
        number = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    elif roll < 0.23:
        number = number[:-1]
    elif roll < 0.24:
        number = chance.choice(everybody).id_no
    elif roll < 0.25 and number[6:8] == "19":
        number = number[:6] + number[8:17]
    roll = chance.random()
    if roll < 0.02 and born and born.day <= 12:
        born = date(born.year, born.day, born.month)
    elif roll < 0.04 and born:
        born = born.replace(day=1 + born.day % 28)
    elif roll < 0.10:
        born = None
    return person._replace(
        name=name,
        id_no=number,
        born=born,
        phone=person.phone if chance.random() < 0.55 else _phone(chance) if chance.random() < 0.6 else "",
        place=person.place if chance.random() < 0.5 else "",
    )


def _misses(chance: random.Random, person: Person) -> Person:
    """Our own register is not whole either."""
    return person._replace(
        id_no="" if chance.random() < 0.03 else person.id_no,
        phone=person.phone if chance.random() < 0.8 else "",
    )


def _phone(chance: random.Random) -> str:
    return f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"
