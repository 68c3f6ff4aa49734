"""`metrics.toml` and `returns.toml`: the figures of a line, and the monthly returns that may state them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from mingzhang.casework.deadlines import Standing
from mingzhang.casework.definitions import Counting, FieldType, Flavour, Kind, Metric, ReturnForm
from mingzhang.casework.metrics import DEADLINE_FIELDS, REGISTRIES, returned_items, split_measure
from mingzhang.casework.predicates import mistakes
from mingzhang.catalogue.loading.datafile import DataFile
from mingzhang.documents import Problem
from mingzhang.lines.loading.files import at, texts
from mingzhang.lines.loading.kinds import field_named, known_names

_ADDED = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)


def metrics_of(file: DataFile, line: str) -> dict[str, Metric]:
    """The metrics by id."""
    return {stated["id"]: _metric(stated, line) for stated in file.data.get("metrics", ())}


def returns_of(file: DataFile) -> dict[str, ReturnForm]:
    """The return forms by id."""
    return {
        stated["id"]: ReturnForm(
            id=stated["id"],
            chinese=stated["chinese"],
            items=tuple((item["name"], item["chinese"], item["unit"]) for item in stated["items"]),
            reporters=stated["reporters"],
            due_day=stated.get("due_day", 5),
        )
        for stated in file.data.get("returns", ())
    }


def metric_problems(
    file: DataFile, kinds: Mapping[str, Kind], returns: Mapping[str, ReturnForm], families: Collection[str]
) -> Iterator[Problem]:
    """Metrics over kinds, fields, deadlines or return items that do not exist."""
    ids = [stated["id"] for stated in file.data["metrics"]]
    for stated in file.data["metrics"]:
        metric = _metric(stated, "")
        if ids.count(metric.id) > 1:
            yield at(file, f"指标“{metric.id}”写了两次", "删去一个，或另编号。", metric.id)
        for what, remedy in _metric_mistakes(metric, kinds, returns, families):
            yield at(file, f"指标“{metric.id}”{what}", remedy, metric.id)


def return_problems(file: DataFile, metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    """Items stated twice, and items for metrics that do not exist or do not say that they are returned so."""
    for stated in file.data.get("returns", ()):
        names = [item["name"] for item in stated["items"]]
        for item in stated["items"]:
            place = (stated["id"], item["name"])
            if names.count(item["name"]) > 1:
                yield at(file, f"月报“{stated['id']}”的“{item['name']}”写了两次", "删去一个。", *place)
            metric = item.get("metric", "")
            if not metric:
                continue
            form, items = returned_items(metrics[metric].returned_as) if metric in metrics else ("", ())
            if form != stated["id"] or item["name"] not in items:
                yield at(
                    file,
                    f"月报“{stated['id']}”的“{item['name']}”对应的指标“{metric}”不存在，或没有写returned_as",
                    "在metrics.toml中补上该指标的returned_as，或改正编号。",
                    *place,
                )


def _metric_mistakes(
    metric: Metric, kinds: Mapping[str, Kind], returns: Mapping[str, ReturnForm], families: Collection[str]
) -> Iterator[tuple[str, str]]:
    if metric.flavour is Flavour.RATIO and metric.denominator is None:
        yield "是比率，没有分母", "写上denominator。"
    if metric.denominator is not None and not metric.basis:
        yield "有分母，没有写basis", "用一句话写明分母。"
    for counting in (metric.numerator, *([metric.denominator] if metric.denominator else [])):
        yield from _counting_mistakes(metric, counting, kinds, families)
    if metric.returned_as:
        form, items = returned_items(metric.returned_as)
        known = {name for name, _, _ in returns[form].items} if form in returns else set()
        for item in items:
            if item not in known:
                yield f"的returned_as“{metric.returned_as}”不是月报的一项", "写成“月报.项目”，多项用+相连。"


def _counting_mistakes(
    metric: Metric, counting: Counting, kinds: Mapping[str, Kind], families: Collection[str]
) -> Iterator[tuple[str, str]]:
    for family in counting.deadlines:
        if family not in families:
            yield f"的期限“{family}”没有规则", "改正编号。"
    for standing in counting.standings:
        if standing not in tuple(Standing):
            yield f"的期限状态“{standing}”不存在", f"可用：{'、'.join(Standing)}。"
    if not counting.date_field and metric.flavour in (Flavour.FLOW, Flavour.DURATION):
        yield "按期间统计，没有写date_field", "写明以哪个日期计入期间。"
    for name in counting.kinds:
        if name in REGISTRIES:
            continue
        kind = kinds.get(name)
        if kind is None:
            yield f"统计的记录种类“{name}”不存在", "改正kinds。"
        else:
            yield from _kind_mistakes(counting, kind)


def _kind_mistakes(counting: Counting, kind: Kind) -> Iterator[tuple[str, str]]:
    known = known_names(kind)
    own = f"“{kind.id}”中"
    for name in (counting.date_field, counting.until_field):
        if name and name not in known and not (counting.deadlines and name in DEADLINE_FIELDS):
            yield f"的日期字段“{name}”在{own}不存在", "改正字段名。"
    rows = field_named(kind, counting.rows) if counting.rows else None
    if counting.rows and (rows is None or rows.type is not FieldType.ROWS):
        yield f"的rows“{counting.rows}”在{own}不是若干行的字段", "改正rows。"
    if counting.row_where and not counting.rows:
        yield "写了row_where，没有写rows", "写上rows，或把条件写入where。"
    yield from ((f"：{what}", "改正条件。") for what in mistakes(counting.where, known))
    if rows is not None:
        below = {each.name for each in rows.fields}
        yield from ((f"：{what}", "改正条件。") for what in mistakes(counting.row_where, below))
    yield from _measure_mistakes(counting, kind, known)


def _measure_mistakes(counting: Counting, kind: Kind, known: Collection[str]) -> Iterator[tuple[str, str]]:
    parts = split_measure(counting.measure)
    if parts is None:
        yield (
            f"的measure“{counting.measure}”不成立",
            "可用records、sum:字段、distinct:字段、days:字段..字段等。",
        )
        return
    what, names = parts
    for name in names:
        inner = f"{counting.rows}.{name}" if counting.rows else name
        if name not in known and inner not in known:
            yield f"的measure用了“{kind.id}”中不存在的字段“{name}”", "改正字段名。"
            continue
        field = field_named(kind, inner) or field_named(kind, name)
        if what == "sum" and field is not None and field.type not in _ADDED:
            yield f"合计的“{name}”不是数字字段", "改正字段名。"
        is_moment = name == "received_at" if field is None else field.type is FieldType.MOMENT
        if what.endswith("minutes") and not is_moment:
            yield f"按分钟计的“{name}”不是时刻", "改用moment类型的字段，或者received_at。"


def _metric(stated: dict[str, Any], line: str) -> Metric:
    return Metric(
        id=stated["id"],
        line=line,
        chinese=stated["chinese"],
        unit=stated.get("unit", ""),
        flavour=Flavour(stated["flavour"]),
        numerator=_counting(stated["numerator"]),
        denominator=_counting(stated["denominator"]) if "denominator" in stated else None,
        decimals=stated.get("decimals", 0),
        includes=stated["includes"],
        excludes=stated.get("excludes", ""),
        basis=stated.get("basis", ""),
        returned_as=stated.get("returned_as", ""),
        version=stated.get("version", 1),
    )


def _counting(stated: dict[str, Any]) -> Counting:
    return Counting(
        kinds=texts(stated, "kinds"),
        date_field=stated.get("date_field", ""),
        until_field=stated.get("until_field", ""),
        where=stated.get("where", {}),
        rows=stated.get("rows", ""),
        row_where=stated.get("row_where", {}),
        measure=stated.get("measure", "records"),
        deadlines=texts(stated, "deadlines"),
        standings=texts(stated, "standings"),
        confirmed_only=stated.get("confirmed_only", False),
        distinct_days=stated.get("distinct_days", False),
    )
