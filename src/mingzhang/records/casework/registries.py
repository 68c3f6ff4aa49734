"""Registries (主体库): areas with merges and splits, organisations; each change on the trail. `people` has the persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction

from mingzhang.documents import Problem
from mingzhang.records.casework.errors import ChangedMeanwhileError, refuse, refused
from mingzhang.records.casework.models import Area, AreaSuccession, Organisation
from mingzhang.records.trail import content, enter, record

Row = TypeVar("Row", bound=models.Model)

_LEVELS = {6: Area.Level.DISTRICT, 9: Area.Level.STREET, 12: Area.Level.COMMUNITY, 15: Area.Level.GRID}
"""Digits of a code by level (统计用区划代码)."""


def load_areas(rows: Iterable[Mapping[str, str]], valid_from: date) -> list[Area]:
    """Enter areas from the rows of a file (`code`, `name`); those known stay. All or none: RefusedError tells every bad row."""
    known = {area.code: area for area in Area.objects.all()}
    fresh: dict[str, Area] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=2):
        code, name = (row.get("code") or "").strip(), (row.get("name") or "").strip()
        if problem := _area_problem(code, name, f"第{number}行"):
            problems.append(problem)
        elif code not in known:
            fresh[code] = Area(code=code, name=name, level=_LEVELS[len(code)], valid_from=valid_from)
    everything = known | fresh
    for code, area in fresh.items():
        if len(code) > 6 and code[:-3] not in everything:
            remedy = "在文件里补上它，或核对代码。"
            problems.append(Problem("E-REF", f"{area.name}的上级区划{code[:-3]}不存在", code, remedy))
    refuse(problems)
    made: list[Area] = []
    with transaction.atomic():
        for length in sorted(_LEVELS):
            level = [area for code, area in fresh.items() if len(code) == length]
            for area in level:
                area.parent = everything.get(area.code[:-3])
            made += enter(level, "载入")
    return made


def _area_problem(code: str, name: str, where: str) -> Problem | None:
    if not code.isdecimal() or len(code) not in _LEVELS:
        return Problem("E-TYPE", f"区划代码“{code}”不对", where, "代码是6、9、12或15位数字。")
    if not name or len(name) > 60:
        return Problem("E-REQ", "区划没有名称或名称过长", where, "填写60字以内的名称。")
    return None


def succeed(before: Iterable[Area], after: Iterable[Area], on: date, reason: str) -> list[AreaSuccession]:
    """Areas end on a day and others take their place: several before one is a merge, one before several a split."""
    old, new = list(before), list(after)
    if not old or not new or set(old) & set(new):
        raise refused("E-REF", "合并或拆分须有不同的前后区划", "区划", "选择原区划和新区划。")
    if ended := [area.name for area in old if area.valid_to is not None]:
        raise refused("E-DATE", f"{'、'.join(ended)}已经撤销", "区划", "选择仍然有效的区划。")
    with transaction.atomic():
        for area in old:
            change(area, {"valid_to": on}, reason)
        return list(
            enter([AreaSuccession(before=a, after=b, on=on) for a in old for b in new], "沿革", reason=reason)
        )


def area_on(area: Area, day: date) -> list[Area]:
    """The areas that stand for an area on a day: itself while it exists, else those that took its place."""
    if area.valid_to is None or day <= area.valid_to:
        return [area]
    heirs = [link.after for link in area.successions.select_related("after").order_by("after__code")]
    found = [standing for heir in heirs for standing in area_on(heir, day)]
    return list(dict.fromkeys(found)) or [area]


def area_and_below(area: Area) -> models.QuerySet[Area]:
    """An area, those under it, and whatever they came from or went into."""
    codes = {area.code}
    waiting = [area.pk]
    pairs = list(AreaSuccession.objects.values_list("before_id", "after_id"))
    names = dict(Area.objects.values_list("pk", "code"))
    while waiting:
        own = waiting.pop()
        kin = {before for before, after in pairs if after == own}
        fresh = {key for key in kin if names[key] not in codes}
        codes |= {names[key] for key in fresh}
        waiting += fresh
    condition = models.Q()
    for code in codes:
        condition |= models.Q(code__startswith=code)
    return Area.objects.filter(condition)


def add_organisation(
    name: str,
    kind: str,
    valid_from: date,
    *,
    uscc: str = "",
    area: Area | None = None,
    parent: Organisation | None = None,
) -> Organisation:
    """Enter an organisation. Raises RefusedError where one of that kind and name already is."""
    if not name.strip() or not kind.strip():
        raise refused("E-REQ", "机构须有名称和类别", "机构", "填写名称，选择类别。")
    if Organisation.objects.filter(kind=kind, name=name.strip(), valid_to=None).exists():
        raise refused("E-DUP", f"{kind}“{name}”已经登记", "机构", "直接选用已登记的机构。")
    made = Organisation(
        name=name.strip(), kind=kind, valid_from=valid_from, uscc=uscc, area=area, parent=parent
    )
    return enter([made])[0]


def change(row: Row, values: Mapping[str, Any], reason: str, version: int | None = None) -> Row:
    """Change a registry's row, with its entry on the trail. Raises RefusedError where it was changed since `version`."""
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if version is not None and getattr(locked, "version") != version:  # noqa: B009
            raise ChangedMeanwhileError(str(locked), "")
        before = content(locked)
        for name, value in values.items():
            setattr(locked, name, value)
        setattr(locked, "version", getattr(locked, "version") + 1)  # noqa: B009,B010
        locked.save()
        record(
            "registries", "修改", str(locked), of=locked, before=before, after=content(locked), reason=reason
        )
    row.refresh_from_db()
    return row
