"""Open data: the facts and the public tables as CSV files under a Frictionless data package (datapackage.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from mingzhang.documents import Document, Table
from mingzhang.facts import Fact, Vocabulary
from mingzhang.numbers import round_half_up, unit_named
from mingzhang.write.csv_files import Value, csv_text
from mingzhang.write.exact import exact_texts
from mingzhang.write.json import base_unit, provenance_json
from mingzhang.write.places import column_titles, grid, printed_places

CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
CLASSIFICATIONS = ("function", "economic")
"""Dimensions whose codes are an official classification; listed in codes.csv and referred to by key."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a resource, as the Table Schema describes it."""

    name: str
    kind: str = "string"
    title: str = ""
    description: str = ""

    def describe(self) -> dict[str, str]:
        """The descriptor."""
        described = {
            "name": self.name,
            "type": self.kind,
            "title": self.title,
            "description": self.description,
        }
        return {key: value for key, value in described.items() if value}


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV file of the package; `foreign` maps own fields to (resource, field)."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Value]]
    key: str
    foreign: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        """The descriptor."""
        schema: dict[str, Any] = {
            "fields": [each.describe() for each in self.fields],
            "primaryKey": [self.key],
        }
        if self.foreign:
            schema["foreignKeys"] = [
                {"fields": [own], "reference": {"resource": resource, "fields": [other]}}
                for own, (resource, other) in self.foreign.items()
            ]
        schema["missingValues"] = [""]
        return {
            "name": self.name,
            "path": f"{self.name}.csv",
            "title": self.title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {
                "delimiter": ",",
                "lineTerminator": "\n",
                "quoteChar": '"',
                "doubleQuote": True,
                "header": True,
            },
            "schema": schema,
        }


def write_package(
    document: Document,
    facts: Iterable[Fact],
    directory: Path,
    vocabulary: Vocabulary,
    licence: Mapping[str, str] = CC_BY,
) -> list[Path]:
    """Write the package into a directory; returns the files, datapackage.json first. Same facts, same bytes."""
    facts = sorted(set(facts), key=lambda fact: (str(fact.coordinate), fact.value, repr(fact.provenance)))
    resources = [
        _facts(facts, vocabulary),
        _printed(document, facts),
        _concepts(facts, vocabulary),
        _entities(facts, vocabulary),
        _codes(facts, vocabulary),
        *(_table(table, number) for number, table in enumerate(_public_tables(document), start=1)),
    ]
    directory.mkdir(parents=True, exist_ok=True)
    descriptor = directory / "datapackage.json"
    text = json.dumps(_package(document, resources, licence), ensure_ascii=False, indent=1) + "\n"
    descriptor.write_text(text, encoding="utf-8", newline="\n")
    paths = [descriptor]
    for resource in resources:
        path = directory / f"{resource.name}.csv"
        content = csv_text([each.name for each in resource.fields], resource.rows)
        path.write_text(content, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _package(document: Document, resources: list[Resource], licence: Mapping[str, str]) -> dict[str, Any]:
    metadata = document.metadata
    return {
        "profile": "tabular-data-package",
        "name": f"final-accounts-{metadata.year}-v{metadata.version}",
        "title": document.title,
        "description": f"{metadata.department}{metadata.year}年度部门决算公开数据。{metadata.watermark}".strip(),
        "version": f"{metadata.version}.0.0",
        "created": f"{metadata.published_on.isoformat()}T00:00:00Z",
        "licenses": [dict(licence)],
        "sources": [{"title": f"{metadata.department}{metadata.year}年度部门决算"}],
        "keywords": ["部门决算", str(metadata.year), metadata.edition],
        "resources": [resource.describe() for resource in resources],
    }


# -- the facts -----------------------------------------------------------------------------------------------


def _facts(facts: list[Fact], vocabulary: Vocabulary) -> Resource:
    dimensions = sorted(
        {name for fact in facts for name, _ in fact.coordinate.dimensions} | set(CLASSIFICATIONS)
    )
    rows: list[list[Value]] = []
    for number, fact in enumerate(facts, start=1):
        coordinate, unit = fact.coordinate, base_unit(fact, vocabulary)
        digits, fraction = exact_texts(fact.value, unit, ratio=unit.kind == "ratio")
        provenance = json.dumps(provenance_json(fact.provenance), ensure_ascii=False)
        rows.append(
            [
                number,
                str(coordinate),
                coordinate.concept,
                coordinate.entity,
                coordinate.period,
                str(coordinate.measure),
                *(coordinate.get(name) for name in dimensions),
                Decimal(digits),
                fraction,
                unit.chinese,
                provenance,
            ]
        )
    own = (
        Field("fact", "integer", "序号"),
        Field("coordinate", title="坐标", description="概念[维度=代码,…]@单位/年度#口径"),
        Field("concept", title="概念"),
        Field("entity", title="单位代码"),
        Field("period", title="年度"),
        Field("measure", title="口径"),
    )
    values = (
        Field("value", "number", "精确值", "金额为元，比率为小数；有“分数”时以分数为准"),
        Field("fraction", title="分数"),
        Field("unit", title="计量单位"),
        Field("provenance", title="来源", description="JSON"),
    )
    trees = tuple(Field(name, title=vocabulary.dimensions[name].chinese) for name in dimensions)
    keys = {"concept": ("concepts", "concept"), "entity": ("entities", "entity")}
    keys |= dict.fromkeys(CLASSIFICATIONS, ("codes", "code"))
    return Resource("facts", "事实", (*own, *trees, *values), rows, "fact", keys)


def _printed(document: Document, facts: list[Fact]) -> Resource:
    """Every printed figure in reading order, each pointing at the fact behind it."""
    number_of = {str(fact.coordinate): number for number, fact in reversed(list(enumerate(facts, start=1)))}
    rows: list[list[Value]] = []
    for sequence, (figure, place) in enumerate(printed_places(document), start=1):
        if figure.coordinate not in number_of:
            raise ValueError(f"printed figure without a fact: {figure.coordinate}")
        at: list[Value] = [place.kind, place.title, place.row, place.column]
        rows.append([sequence, number_of[figure.coordinate], figure.text, figure.unit, *at])
    fields = (
        Field("sequence", "integer", "阅读顺序"),
        Field("fact", "integer", "事实序号"),
        Field("text", title="所印数字", description="原样文本，保留末位的零；以负号开头的前加撇号"),
        Field("unit", title="所印单位"),
        Field("kind", title="位置类别", description="table 表格，text 文字，chart 图"),
        Field("place", title="表名、章节或图名"),
        Field("row", title="行"),
        Field("column", title="栏"),
    )
    return Resource("printed", "公开文本中的数", fields, rows, "sequence", {"fact": ("facts", "fact")})


def _concepts(facts: list[Fact], vocabulary: Vocabulary) -> Resource:
    used = sorted({fact.coordinate.concept for fact in facts})
    concepts = [vocabulary.concepts[name] for name in used]
    rows = [[each.name, each.chinese, each.unit.chinese, each.meaning, each.source] for each in concepts]
    titles = {
        "concept": "概念",
        "chinese": "中文名",
        "unit": "计量单位",
        "meaning": "含义（英文）",
        "source": "依据",
    }
    return Resource(
        "concepts", "概念", tuple(Field(name, title=title) for name, title in titles.items()), rows, "concept"
    )


def _entities(facts: list[Fact], vocabulary: Vocabulary) -> Resource:
    tree = vocabulary.entities
    used = sorted({code for fact in facts for code in tree.path(fact.coordinate.entity)})
    rows = [[code, tree.label(code), tree.parents.get(code)] for code in used]
    fields = (
        Field("entity", title="单位代码"),
        Field("name", title="单位名称"),
        Field("parent", title="上级单位代码"),
    )
    return Resource("entities", "预算单位", fields, rows, "entity")


def _codes(facts: list[Fact], vocabulary: Vocabulary) -> Resource:
    rows: list[list[Value]] = []
    for name in CLASSIFICATIONS:
        tree = vocabulary.dimensions[name]
        stated = {fact.coordinate.get(name) for fact in facts} - {None}
        used = {above for code in stated if code for above in tree.path(code)}
        rows += [[code, tree.chinese, tree.label(code), tree.parents.get(code)] for code in sorted(used)]
    fields = (
        Field("code", title="科目编码"),
        Field("classification", title="分类"),
        Field("name", title="科目名称"),
        Field("parent", title="上级编码"),
    )
    return Resource("codes", "所用科目", fields, rows, "code")


# -- the public tables ---------------------------------------------------------------------------------------


def _public_tables(document: Document) -> list[Table]:
    return [table for table in document.tables() if table.name]


def _table(table: Table, number: int) -> Resource:
    """A public table in its printed shape: number columns hold exact values in the table's unit."""
    cells = grid(table.body)
    titles = column_titles(table)
    width = 1 + max([*titles, *(column for _, column in cells)])
    numeric = {column for (_, column), cell in cells.items() if cell.figure}
    fields = [Field("row", "integer", "行序")]
    for column, title in enumerate(_unique(["／".join(titles.get(column, ())) for column in range(width)])):
        fields.append(Field(title, "number" if column in numeric else "string"))
    scale = unit_named(table.unit or "万元").scale
    rows: list[list[Value]] = []
    for row in range(len(table.body)):
        values: list[Value] = [row + 1]
        for column in range(width):
            cell = cells.get((row, column))
            repeated = cell is not None and column > 0 and cells.get((row, column - 1)) is cell
            if cell is None or repeated:
                values.append(None)
            elif column in numeric:
                values.append(_number(cell.figure.value / scale) if cell.figure else None)
            else:
                values.append(cell.text or None)
        rows.append(values)
    return Resource(f"table_{number:02}_{table.name}", table.title, tuple(fields), rows, "row")


def _number(value: Fraction) -> Decimal:
    shown = round_half_up(value, 6)
    return shown.quantize(Decimal("0.01")) if shown == shown.quantize(Decimal("0.01")) else shown.normalize()


def _unique(names: list[str]) -> list[str]:
    """Names made distinct by a number after those that repeat."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append((name or "栏") if seen[name] == 1 and name else f"{name or '栏'} {seen[name]}")
    return unique
