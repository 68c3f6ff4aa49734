"""Machine-readable facts: every printed figure with its coordinate, exact value, digits, places and provenance, as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from mingzhang.documents import Document, Figure, Metadata
from mingzhang.facts import Derivation, Fact, PrintedAt, Provenance, Records, SheetCell, Vocabulary
from mingzhang.numbers import RATIO, Unit
from mingzhang.write.exact import exact_texts
from mingzhang.write.places import Place, printed_places

SCHEMA_VERSION = 1
RATIO_MEASURES = frozenset({"growth", "share", "completion"})


def write_json(document: Document, facts: Iterable[Fact], path: Path, vocabulary: Vocabulary) -> None:
    """Write the facts behind a document; sorted by coordinate, UTF-8, the same facts always the same bytes.

    `facts` must hold one for every figure the document prints, and may hold more (what figures derive from).
    Raises ValueError where a printed figure has no fact.
    """
    path.write_text(facts_text(document, facts, vocabulary), encoding="utf-8", newline="\n")


def facts_text(document: Document, facts: Iterable[Fact], vocabulary: Vocabulary) -> str:
    """The text of the JSON file, a fact a line, for attaching it to other files too."""
    content = {
        "schema": "mingzhang-facts",
        "schema_version": SCHEMA_VERSION,
        "title": document.title,
        "metadata": metadata_json(document.metadata),
        "entities": _entities(facts := list(facts), vocabulary),
    }
    head = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(f"  {line}" for line in _fact_lines(document, facts, vocabulary))
    return f'{head},\n "facts": [\n{lines}\n ]\n}}\n'


def facts_schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    text = files("mingzhang.write").joinpath("schemas/facts.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def metadata_json(metadata: Metadata) -> dict[str, Any]:
    """What every machine-readable file says of the publication."""
    return {
        "department": metadata.department,
        "year": metadata.year,
        "edition": metadata.edition,
        "version": metadata.version,
        "published_on": metadata.published_on.isoformat(),
        "watermark": metadata.watermark,
        "language": metadata.language,
    }


def base_unit(fact: Fact, vocabulary: Vocabulary) -> Unit:
    """The unit of a fact's exact value: 元, the plain ratio, or the thing counted."""
    if fact.coordinate.measure.kind in RATIO_MEASURES:
        return RATIO
    return vocabulary.concepts[fact.coordinate.concept].unit


def provenance_json(provenance: Provenance) -> dict[str, Any]:
    """Where a fact came from."""
    match provenance:
        case Records(register, query, rows):
            return {"kind": "records", "register": register, "query": query, "rows": rows}
        case Derivation(operation, inputs):
            return {"kind": "derivation", "operation": operation, "inputs": [str(each) for each in inputs]}
        case SheetCell(file, sheet, cell):
            return {"kind": "workbook", "file": file, "sheet": sheet, "cell": cell}
        case PrintedAt(name, page, start, end, box):
            place = {"document": name, "page": page, "start": start, "end": end}
            return {"kind": "printed", **place, "box": None if box is None else list(box)}


def _entities(facts: list[Fact], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    tree = vocabulary.entities
    used = {code for fact in facts for code in tree.path(fact.coordinate.entity)}
    return [
        {"code": code, "name": tree.label(code), "parent": tree.parents.get(code)}
        for code in [*filter(used.__contains__, tree.walk()), *sorted(used - set(tree.parents))]
    ]


def _fact_lines(document: Document, facts: list[Fact], vocabulary: Vocabulary) -> list[str]:
    printed: dict[str, list[tuple[Figure, Place]]] = defaultdict(list)
    for figure, place in printed_places(document):
        printed[figure.coordinate].append((figure, place))
    entries = [_fact(fact, printed.get(str(fact.coordinate), []), vocabulary) for fact in facts]
    lacking = printed.keys() - {entry["coordinate"] for entry in entries}
    if lacking:
        raise ValueError(f"printed figures without a fact: {', '.join(sorted(lacking)[:5])}")
    lines = sorted((entry["coordinate"], json.dumps(entry, ensure_ascii=False)) for entry in entries)
    return [line for _, line in lines]


def _fact(fact: Fact, printed: list[tuple[Figure, Place]], vocabulary: Vocabulary) -> dict[str, Any]:
    coordinate = fact.coordinate
    unit = base_unit(fact, vocabulary)
    ratio = unit.kind == "ratio"
    digits, fraction = exact_texts(fact.value, unit, ratio=ratio)
    bounds = None
    if fact.interval.exact is None:
        bounds = [f"{end.numerator}/{end.denominator}" for end in (fact.interval.low, fact.interval.high)]
    as_read = None
    if fact.printed is not None:
        as_read = {"text": fact.printed.text, "unit": fact.printed.unit.chinese}
    return {
        "coordinate": str(coordinate),
        "concept": coordinate.concept,
        "chinese": vocabulary.concepts[coordinate.concept].chinese,
        "dimensions": dict(coordinate.dimensions),
        "entity": coordinate.entity,
        "period": coordinate.period,
        "measure": str(coordinate.measure),
        "value": digits,
        "fraction": fraction,
        "unit": unit.chinese,
        "interval": bounds,
        "as_read": as_read,
        "printed": _printed(printed),
        "provenance": provenance_json(fact.provenance),
    }


def _printed(printed: list[tuple[Figure, Place]]) -> list[dict[str, Any]]:
    """Each distinct print of the figure with all its places, in reading order."""
    prints: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for figure, place in printed:
        entry = {"kind": place.kind, "title": place.title, "row": place.row, "column": place.column}
        if entry not in prints[figure.text, figure.unit]:
            prints[figure.text, figure.unit].append(entry)
    return [{"text": text, "unit": unit, "places": places} for (text, unit), places in prints.items()]
