"""Verdicts on pairs (认定): the same person, for a person to judge, or different; with the reasons, and what was judged before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from mingzhang.casework.linkage.people import Compared
from mingzhang.casework.linkage.rules import Rules


class Verdict(StrEnum):
    """What is said of a pair."""

    SAME = "同一人"
    REVIEW = "待人工判断"
    DIFFERENT = "不同的人"


class Basis(StrEnum):
    """What a verdict stands on."""

    JUDGED = "此前人工判断"
    NUMBER = "证件号码与姓名"
    SLIP = "证件号码差一处，姓名一致"
    LIKENESS = "多项信息综合"


class Agreement(NamedTuple):
    """How one field agrees, in Chinese, and the bits it adds or takes; none where no weight was asked for."""

    field: str
    says: str
    bits: float | None = None


class Candidate(NamedTuple):
    """A pair before it is judged: places in both lists."""

    ours: int
    theirs: int
    basis: Basis
    weight: float | None
    agreements: tuple[Agreement, ...]


class Match(NamedTuple):
    """A pair judged: keys of both lists, the verdict, what it stands on, and why no machine decides (`doubts`)."""

    ours: str
    theirs: str
    verdict: Verdict
    basis: Basis
    weight: float | None
    agreements: tuple[Agreement, ...]
    doubts: tuple[str, ...]


def judge(
    candidates: Iterable[Candidate],
    ours: Sequence[Compared],
    theirs: Sequence[Compared],
    rules: Rules,
    judged: Mapping[tuple[str, str], bool],
    joined: frozenset[tuple[str, str]],
) -> list[Match]:
    """Verdicts on candidates, best first for each of their rows.

    `judged` holds what people said of (our key, fingerprint of their row) and decides; `joined` are such pairs that were taken for one person before.
    """
    by_row: dict[int, list[Candidate]] = defaultdict(list)
    for each in candidates:
        by_row[each.theirs].append(each)
    return [
        match
        for row in sorted(by_row)
        for match in _of_row(sorted(by_row[row], key=_rank), ours, theirs[row], rules, judged, joined)
    ]


def fingerprint(person: Compared) -> str:
    """What a row says of who it is, in one form: the same words in next month's list have the same fingerprint."""
    born = person.born.isoformat() if person.born else ""
    return "|".join((person.name, person.number, born, person.sex, person.phone))


def _of_row(
    found: Sequence[Candidate],
    ours: Sequence[Compared],
    row: Compared,
    rules: Rules,
    judged: Mapping[tuple[str, str], bool],
    joined: frozenset[tuple[str, str]],
) -> Iterable[Match]:
    mark = fingerprint(row)
    said = {each.ours: judged.get((ours[each.ours].key, mark)) for each in found}
    confirmed = any(said.values())
    rivals = [each for each in found if said[each.ours] is not False]
    for each in found:
        mine = ours[each.ours]
        word = said[each.ours]
        doubts: tuple[str, ...] = ()
        if word is not None:
            verdict, basis = (Verdict.SAME if word else Verdict.DIFFERENT), Basis.JUDGED
        elif confirmed:
            verdict, basis, doubts = Verdict.DIFFERENT, each.basis, ("该行已由人工认定为另一人",)
        else:
            needed = rules.fracture if (mine.key, mark) in joined else rules.high
            basis, doubts = each.basis, tuple(_doubts(each, mine, row, rivals, rules))
            sure = each.weight is None or each.weight >= needed
            verdict = Verdict.SAME if sure and not doubts else Verdict.REVIEW
        yield Match(mine.key, row.key, verdict, basis, each.weight, each.agreements, doubts)


def _doubts(
    one: Candidate, mine: Compared, row: Compared, rivals: Sequence[Candidate], rules: Rules
) -> Iterable[str]:
    if one.weight is None:
        if sum(each.weight is None for each in rivals) > 1:
            yield "本册有两人以上与该行证件号码、姓名相符，请先核对本册是否重复登记"
        return
    same_name = mine.name == row.name or mine.sound == row.sound
    if mine.number and mine.number == row.number and not same_name:
        yield "证件号码相同而姓名不同，可能借用或错录号码"
    if mine.sound_number and row.sound_number and mine.number != row.number:
        yield "两个证件号码都有效而不相同"
    if mine.surname == row.surname and not same_name and mine.born and mine.born == row.born:
        yield "同姓、同一天出生而名不同，可能是双胞胎"
    elif not same_name and mine.number != row.number:
        yield "姓名不一致"
    others = [each for each in rivals if each.ours != one.ours]
    if any(each.weight is None or each.weight > one.weight - rules.margin for each in others):
        yield "该行另有相近的人选"


def _rank(each: Candidate) -> tuple[bool, float, int]:
    return each.weight is not None, -(each.weight or 0.0), each.ours
