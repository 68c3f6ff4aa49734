"""`supervision.toml`: a line's regime, read once; whatever is wrong in it is told together, with what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from mingzhang.casework.supervision.regimes import (
    DutyRule,
    Ground,
    LeaveLevel,
    Regime,
    SanctionKind,
    SupervisionClass,
)
from mingzhang.documents import Problem

UNITS = ("day", "week", "month")
SURENESS = ("法", "源", "知", "参")
_OPTIONAL = {
    "classes": (),
    "categories": (),
    "times": 1,
    "every": 1,
    "amount": 0,
    "measure": "",
    "valid_to": None,
}
_Entry = TypeVar("_Entry", SupervisionClass, DutyRule, SanctionKind, Ground, LeaveLevel)


class BrokenRegimeError(Exception):
    """A file that is no regime; `problems` are all that is wrong, in Chinese."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = tuple(problems)


def read_regime(path: Path) -> Regime:
    """The regime of a file. Raises BrokenRegimeError."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    problems: list[Problem] = []

    def entries(key: str, kind: type[_Entry]) -> list[_Entry]:
        found = [
            _entry(path, key, number, stated, kind, problems)
            for number, stated in enumerate(data.get(key, ()), 1)
        ]
        return [entry for entry in found if entry is not None]

    classes, sanctions = entries("classes", SupervisionClass), entries("sanctions", SanctionKind)
    regime = Regime(
        {each.id: each for each in classes},
        tuple(entries("duties", DutyRule)),
        {each.id: each for each in sanctions},
        tuple(entries("grounds", Ground)),
        tuple(entries("leave_levels", LeaveLevel)),
        *(tuple(data.get(key, ())) for key in ("incidents", "severities", "categories")),
    )
    problems += _mistakes(path, regime)
    if problems:
        raise BrokenRegimeError(problems)
    return regime


def _entry(
    path: Path, key: str, number: int, stated: Mapping[str, Any], kind: type[_Entry], problems: list[Problem]
) -> _Entry | None:
    where = f"{path}，[[{key}]]第{number}个（{stated.get('id', '无编号')}）"
    known = {each.name: each for each in fields(kind)}
    defaults: Mapping[str, Any] = _OPTIONAL if kind is DutyRule else {}
    unknown = [name for name in stated if name not in known]
    missing = [
        name
        for name, each in known.items()
        if name not in stated and name not in defaults and each.default is MISSING
    ]
    for name in unknown:
        problems.append(Problem("E-REGIME", f"不认识“{name}”", where, f"可用：{'、'.join(known)}。"))
    for name in missing:
        problems.append(Problem("E-REGIME", f"没有“{name}”", where, f"补写{name}。"))
    if unknown or missing:
        return None
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stated.items()
    }
    return kind(**{**defaults, **values})


def _mistakes(path: Path, regime: Regime) -> Iterator[Problem]:
    """References to what is not there, doubled ids, and rules that cannot be."""
    known = {
        "classes": set(regime.classes),
        "categories": set(regime.categories),
        "incidents": set(regime.incidents),
        "severities": set(regime.severities),
        "sanction": set(regime.sanctions),
        "prior": {*regime.sanctions, ""},
        "unit": set(UNITS),
        "sureness": set(SURENESS),
    }
    entries: tuple[DutyRule | SanctionKind | Ground | LeaveLevel, ...] = (
        *regime.duties,
        *regime.sanctions.values(),
        *regime.grounds,
        *regime.leave_levels,
    )
    for entry in entries:
        for name, allowed in known.items():
            stated = getattr(entry, name, ())
            for word in stated if isinstance(stated, tuple) else (stated,):
                if word not in allowed:
                    words = "、".join(sorted(allowed - {""}))
                    yield Problem(
                        "E-REGIME", f"“{entry.id}”的{name}中没有“{word}”", str(path), f"可用：{words}。"
                    )
    ids = [*(duty.id for duty in regime.duties), *(ground.id for ground in regime.grounds)]
    for double in sorted({each for each in ids if ids.count(each) > 1}):
        yield Problem("E-REGIME", f"编号“{double}”写了两次", str(path), "改用别的编号。")
    for duty in regime.duties:
        if duty.times + duty.amount < 1 or duty.every < 1 or bool(duty.amount) is not bool(duty.measure):
            yield Problem(
                "E-REGIME",
                f"“{duty.id}”的次数、周期或数量不对",
                str(path),
                "every和times（或者amount）至少为1；amount和measure要么都写，要么都不写。",
            )
    if regime.leave_levels and (regime.leave_levels[-1].days or regime.leave_levels[-1].cumulative_days):
        yield Problem(
            "E-REGIME", "最高一级的外出批准权限不应有限制", str(path), "最后一个[[leave_levels]]不写天数。"
        )
    for ground in regime.grounds:
        if not (ground.incidents or ground.prior or ground.open):
            yield Problem(
                "E-REGIME", f"事由“{ground.id}”没有条件", str(path), "写incidents、prior，或者open = true。"
            )
