"""`mingzhang score`: the self-evaluation forms as the records stand, printed or written as files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.say import books_option, entity_named, fail, open_books
from mingzhang.documents import Problem
from mingzhang.numbers import print_value
from mingzhang.numbers.units import SCORE

if TYPE_CHECKING:
    from mingzhang.records.models import Entity, Goals
    from mingzhang.records.performance.evaluating import SelfEvaluation

_FORMATS = ("text", "docx", "pdf", "html", "xlsx")


@click.command("score", help="绩效自评：按账簿和台账计算得分，打印自评表，或连同自评报告写成文件。")
@click.option("--year", type=click.IntRange(1990, 2100), required=True, help="年度，如 2021。")
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门。")
@click.option("--project", default=None, help="只算这个项目（代码）；默认整体和全部项目。")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="打印，或写成文件。",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("."), help="文件写到哪个文件夹。"
)
@books_option
def command(
    year: int, entity: str | None, project: str | None, form: str, out: Path, books: str | None
) -> None:
    """Score every set of goals; what is missing or contradicted is told below its form. Status 1 where reasons are missing."""
    open_books(books)
    from mingzhang.performance.scoring import ScoreError
    from mingzhang.pipeline import file_name
    from mingzhang.records.models import Goals
    from mingzhang.records.performance.evaluating import self_evaluation
    from mingzhang.records.performance.evaluations import newest
    from mingzhang.records.performance.files import written
    from mingzhang.records.points import fact_store

    body = entity_named(entity)
    found = (
        Goals.objects.filter(entity=body, year=year)
        .select_related("entity", "project", "project__parent")
        .order_by("project__code")
    )
    if project:
        found = found.filter(project__code=project)
    if not found.exists():
        what = f"{body.name}{year}年度没有批复的绩效目标" + (f"（项目 {project}）" if project else "")
        fail(
            Problem(
                "no_goals",
                what,
                "--year、--project",
                "核对年度和项目代码；目标在门户“绩效管理”中申报、批复。",
            )
        )
    store = fact_store(body.department().code, (year - 1, year))
    incomplete = False
    for goals in found:
        last = newest(goals)
        stated = last.content if last else {"reasons": {}, "measures": ""}
        try:
            evaluation = self_evaluation(goals, store, stated["reasons"], stated["measures"])
        except ScoreError as wrong:
            click.echo(f"{goals}：{wrong}", err=True)
            incomplete = True
            continue
        if form == "text":
            click.echo(_text(evaluation, str(last.total) if last else ""))
        else:
            out.mkdir(parents=True, exist_ok=True)
            name = file_name(f"{year}年度{_whose(goals, body)}绩效自评报告")
            click.echo(str(written(goals, store, form, out, name)))
        for problem in evaluation.problems():
            incomplete = incomplete or problem.is_error
            click.echo(problem.in_chinese(), err=True)
    if incomplete:
        raise SystemExit(1)


def _whose(goals: Goals, body: Entity) -> str:
    """Whose report it is; a sub-project may share its name with the project above it."""
    project = goals.project
    if project is None:
        return body.name
    return f"{project.parent.name}·{project.name}" if project.parent else project.name


def _text(evaluation: SelfEvaluation, frozen: str) -> str:
    """The form in lines: money, rows with target, value, points and source, the total."""
    from mingzhang.compose.self_evaluation import actual_words, rate_text, wan_text

    evaluated, goals = evaluation.evaluated, evaluation.goals
    rules, title = evaluated.form.rules, goals.project.name if goals.project else f"{goals.entity.name}整体"
    lines = [
        f"{goals.year}年度{title}自评表（{evaluated.form.chinese}）",
        f"  预算数 {wan_text(evaluated.budget)}万元  执行数 {wan_text(evaluated.executed)}万元  执行率 {rate_text(evaluated.rate)}  "
        f"得分 {_points(evaluated.execution.points)}／{_points(rules.execution)}",
    ]
    for row in evaluated.rows:
        indicator = row.indicator
        lines.append(
            f"  {indicator.levels[1]}  {indicator.name}  目标{indicator.target.in_chinese()}  实际{actual_words(row)}  "
            f"得分 {_points(row.printed)}／{_points(indicator.weight)}  {row.score.formula}  {evaluation.found[indicator.name].source}"
        )
    total = f"  总分 {_points(evaluated.total)}  等级 {evaluated.grade}"
    return "\n".join([*lines, total + (f"  （已提交 {frozen}）" if frozen else "")])


def _points(points: Fraction) -> str:
    return print_value(points, SCORE, decimals=2)
