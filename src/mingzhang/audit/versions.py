"""A report against its former version: which findings were mended, which stand, which are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.audit.subjects import figures_of, likeness, name_of
from mingzhang.audit.telling.words import FRESH, MENDED, STANDING
from mingzhang.facts import Statement


def against(new: Audit, old: Audit) -> Audit:
    """The new version's audit with each finding marked 未改 or 新出现, and the old one's that are mended: 已改.

    Findings are the same where they are about the same figures (by coordinate) or, without figures, about much the
    same words. Each is matched once, the likest first.
    """
    shown = {each.id: each for each in new.statements}
    before = {each.id: each for each in old.statements}
    matched = _matched(old, before, new, shown)
    former = {there: here for here, there in matched.items()}
    told = tuple(
        replace(remark, change=STANDING, message=_still(remark, shown, old.remarks[former[place]], before))
        if place in former
        else replace(remark, change=FRESH)
        for place, remark in enumerate(new.remarks)
    )
    printed: dict[str, list[str]] = {}
    for each in new.statements:
        printed.setdefault(name_of(each), []).append(each.shown)
    mended = tuple(
        replace(remark, change=MENDED, message=_mended(remark, before, printed), statements=(), repairs=())
        for place, remark in enumerate(old.remarks)
        if place not in matched
    )
    return replace(new, remarks=told, mended=mended)


def _matched(
    old: Audit, before: Mapping[str, Statement], new: Audit, shown: Mapping[str, Statement]
) -> dict[int, int]:
    """For each old finding that stands, the new one that tells of it."""
    theirs = [figures_of(remark, before) for remark in old.remarks]
    ours = [figures_of(remark, shown) for remark in new.remarks]
    pairs = sorted(
        (
            (like, here, there)
            for here, one in enumerate(old.remarks)
            for there, other in enumerate(new.remarks)
            if bool(one.statements) == bool(other.statements)
            and (like := likeness(one, theirs[here], other, ours[there], worded=not one.statements))
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    matched: dict[int, int] = {}
    for _, here, there in pairs:
        if here not in matched and there not in matched.values():
            matched[here] = there
    return matched


def _still(
    remark: Remark, shown: Mapping[str, Statement], former: Remark, before: Mapping[str, Statement]
) -> str:
    """The message, with the figures that were changed and do not fit yet."""
    if not remark.statements:
        return remark.message
    then = figures_of(former, before)
    now = figures_of(remark, shown)
    moved = [f"{then[name]}→{now[name]}" for name in now if name in then and then[name] != now[name]]
    return f"{remark.message}（已作改动：{'、'.join(moved)}，仍不符）" if moved else remark.message


def _mended(remark: Remark, before: Mapping[str, Statement], printed: Mapping[str, list[str]]) -> str:
    return "；".join((remark.message, *_ways(remark, before, printed)))


def _ways(remark: Remark, before: Mapping[str, Statement], printed: Mapping[str, list[str]]) -> Iterator[str]:
    if not remark.statements:
        return
    for name, then in figures_of(remark, before).items():
        now = "、".join(dict.fromkeys(printed.get(name, ())))
        if not now:
            yield f"{then}已不再出现"
        elif now != then:
            yield f"{then}已改为{now}"
