"""Self-evaluation forms (绩效自评表): budget, execution, rate and score, the indicators' weights and scores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from mingzhang.facts import ADJUSTED_BUDGET, INITIAL_BUDGET, Cell, Measure, Statement, Tie
from mingzhang.numbers import SCORE, Unit
from mingzhang.read.recognise.grid import Grid, Spot
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.wording import local_name, term

_ROLES = (
    ("initial", re.compile(r"年初预算(?:数|金额)?")),
    ("budget", re.compile(r"(?:全年|年度|调整后?)?预算(?:数|金额|总额)?(?:\(?A\)?)?")),
    ("executed", re.compile(r"(?:全年|实际)?(?:执行|支出)(?:数|金额|总额)?(?:\(?B\)?)?")),
    ("rate", re.compile(r"(?:预算)?执行率.*")),
    ("weight", re.compile(r"分值|权重.*|标准分.*")),
    ("score", re.compile(r"得分.*|自评得分|自评分")),
)
_WHOLE = re.compile(
    r"(?:年度|本年)?(?:财政)?资金总额|年度总额|项目资金|合计|部门整体支出总额|(?:年度)?预算资金总额"
)
_PART = re.compile(r"其中.*|.*(?:财政拨款|结转资金|其他资金|单位资金|上年结转)")
_TOTAL = re.compile(r"总分|合计|总得分|自评总分|总计|评价总分")
_NAME = re.compile(r"项目名称")
_BUDGET_BASIS = "执行率＝执行数÷预算数"


@dataclass(frozen=True, slots=True)
class _Head:
    """A row of heads: the role of each column."""

    row: int
    roles: dict[int, str]


def read_performance(grid: Grid, title: str, unit: Unit, tally: Tally) -> None:
    """State the money of the form at its project, rates and scores at local coordinates, and tie them."""
    project = _project(grid) or title
    heads = [head for row in range(grid.height) if (head := _head(grid, row))]
    scores: list[Statement] = []
    for number, head in enumerate(heads):
        bottom = heads[number + 1].row if number + 1 < len(heads) else grid.height
        kinds = set(head.roles.values())
        if {"executed"} & kinds and {"budget", "initial"} & kinds:
            scores += _money(grid, head, bottom, project, title, unit, tally)
        elif "score" in kinds:
            scores += _indicators(grid, head, bottom, project, title, tally)
    total = _total(grid, project, title, tally)
    if total is not None and len(scores) > 2:
        _tie_scores(total, scores, tally)


def _project(grid: Grid) -> str:
    for row in range(grid.height):
        said = grid.said(row)
        for spot, following in pairwise(said):
            if _NAME.match(term(spot.text)) and not _NAME.match(term(following.text)):
                return following.text
    return ""


def _head(grid: Grid, row: int) -> _Head | None:
    roles: dict[int, str] = {}
    for spot in grid.said(row):
        words = term(spot.text)
        role = next((name for name, pattern in _ROLES if pattern.fullmatch(words)), "")
        if role:
            roles[spot.column] = role
    kinds = set(roles.values())
    enough = (
        {"executed", "rate"} <= kinds
        or ({"score", "weight"} <= kinds)
        or ("score" in kinds and _says(grid, row))
    )
    return _Head(row, roles) if enough else None


def _says(grid: Grid, row: int) -> bool:
    return any("指标" in spot.text for spot in grid.said(row))


def _label(grid: Grid, row: int, before: int) -> str:
    names = [spot.text for spot in grid.said(row) if spot.column < before and spot.figure is None]
    return names[-1] if names else ""


def _money(
    grid: Grid, head: _Head, bottom: int, project: str, title: str, unit: Unit, tally: Tally
) -> list[Statement]:
    scores: list[Statement] = []
    first = min(head.roles)
    for row in range(head.row + 1, bottom):
        spots = {head.roles[spot.column]: spot for spot in grid.anchored[row] if spot.column in head.roles}
        figures = {role: spot for role, spot in spots.items() if spot.figure is not None}
        if not {"budget", "initial", "executed"} & figures.keys():
            if figures or scores:
                break
            continue
        label = _label(grid, row, first)
        words = term(label)
        whole = not words or bool(_WHOLE.fullmatch(words))
        base = Cell(local_name(project)) if whole else Cell(local_name(project, words))
        stated = _states(figures, base, unit, label or project, title, tally)
        if "score" in stated and whole:
            scores.append(stated["score"])
        _tie_rate(stated, tally)
        if not whole and not _PART.match(label):
            break
    return scores


def _states(
    figures: dict[str, Spot], base: Cell, unit: Unit, label: str, title: str, tally: Tally
) -> dict[str, Statement]:
    both = "budget" in figures
    of = "adjusted_budget" if both else "initial_budget"
    cells = {
        "initial": (base.measured(INITIAL_BUDGET), unit),
        "budget": (base.measured(ADJUSTED_BUDGET), unit),
        "executed": (base, unit),
        "rate": (base.measured(Measure("completion", of)), unit),
        "weight": (Cell(local_name(base.concept, "执行率分值")), SCORE),
        "score": (Cell(local_name(base.concept, "执行率得分")), SCORE),
    }
    stated: dict[str, Statement] = {}
    for role, spot in figures.items():
        if role == "rate" and not spot.text.endswith("%"):
            continue
        cell, own = cells[role]
        statement = tally.state(
            spot, cell, own, f"{label}{'' if role == 'executed' else _WORDS[role]}", title
        )
        if statement is not None:
            stated[role] = statement
    return stated


_WORDS = {"initial": "年初预算数", "budget": "预算数", "rate": "执行率", "weight": "分值", "score": "得分"}


def _tie_rate(stated: dict[str, Statement], tally: Tally) -> None:
    base = stated.get("budget") or stated.get("initial")
    executed, rate = stated.get("executed"), stated.get("rate")
    if base and executed and rate and base.fact.interval.low > 0:
        terms = ((Fraction(1), executed.id), (Fraction(1), base.id))
        words = "预算执行率等于执行数除以预算数"
        tally.ties.append(Tie("completion", "ratio", terms, rate.id, chinese=words, basis=_BUDGET_BASIS))


def _indicators(
    grid: Grid, head: _Head, bottom: int, project: str, title: str, tally: Tally
) -> list[Statement]:
    scores: list[Statement] = []
    columns = {role: column for column, role in head.roles.items()}
    for row in range(head.row + 1, bottom):
        said = grid.said(row)
        if any(_TOTAL.fullmatch(term(spot.text)) for spot in said):
            break
        names = [spot.text for spot in said if spot.figure is None and spot.column < columns["score"]]
        if not names:
            continue
        label = names[min(2, len(names) - 1)] if len(names) > 2 else names[0]
        for role, words in (("weight", "分值"), ("score", "得分")):
            spot = grid.at(row, columns[role]) if role in columns else None
            if spot is None or spot.row != row or spot.figure is None:
                continue
            statement = tally.state(spot, tally.local(project, label, words), SCORE, f"{label}{words}", title)
            if statement is not None and role == "score":
                scores.append(statement)
    return scores


def _total(grid: Grid, project: str, title: str, tally: Tally) -> Statement | None:
    for row in range(grid.height - 1, -1, -1):
        said = grid.said(row)
        if said and any(_TOTAL.fullmatch(term(spot.text)) for spot in said):
            figures = [spot for spot in said if spot.figure is not None]
            if figures:
                return tally.state(
                    figures[-1], Cell(local_name(project, "自评得分")), SCORE, "自评得分", title
                )
    return None


def _tie_scores(total: Statement, scores: list[Statement], tally: Tally) -> None:
    """The total of the printed scores. A form may leave rows out, so a difference is a warning at most."""
    terms = ((Fraction(-1), total.id), *((Fraction(1), each.id) for each in scores))
    words = "总分等于执行率得分与各指标得分之和"
    tally.ties.append(Tie("total", "sum", terms, certain=False, severity="warning", chinese=words))
