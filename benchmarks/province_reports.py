"""Departments of a made-up province, and their published reports: several years, several formats, some with a slip.

    python benchmarks/province_reports.py FOLDER COUNT [--only PART/PARTS]

The first 240 are composed and written by the program itself from figures drawn at random; one in eight then gets one
wrong digit in its text, and one department in forty spends much more on receptions than the others do. Writing takes
longer than auditing, so the others repeat these under another name (DOCX, HTML) or with other bytes (PDF): the audit
remembers nothing from file to file and has the same work with them. Reports that are already there are left alone.
"""

from __future__ import annotations

import argparse
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from mingzhang import pipeline
from mingzhang.catalogue.loading import vocabulary
from mingzhang.compose import BudgetUnit, Material, ProjectEntry
from mingzhang.documents import Document, Paragraph
from mingzhang.facts import FactStore, Point

YEARS = (2022, 2023, 2024)
EDITION = "national_fy2022plus"
COMPOSED = 240
FORMATS = ("pdf", "docx", "pdf", "html")
"""Formats in turn: half of the reports are PDF files."""
PLACES = ("青岚", "云岭", "松溪", "白石", "临江", "望海", "金沙", "南屏", "北原", "东湾", "西陵", "长丰")
OFFICES = ("档案局", "水务局", "司法局", "民政局", "林业局", "体育局", "统计局", "交通局", "商务局", "审计局")
BASIC = (("2040601", "30101"), ("2040601", "30103"), ("2210201", "30113"))
COSTS = ("30201", "30206", "30211", "30217", "30231")
PROJECTS = (("law-day", "2040602", "30227"), ("aid", "2040607", "30226"))
BUDGETED = (("2040601", "basic", ""), ("2210201", "basic", ""))


def reports(folder: Path, count: int, part: int = 0, parts: int = 1) -> Iterator[Path]:
    """Write the reports numbered part, part + parts, … below `count`; their files."""
    for number in range(part, count, parts):
        path = _path(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            pass
        elif number < COMPOSED:
            _write(path, number // len(YEARS), int(path.parent.name), slip=number % 8 == 5)
        else:
            _repeat(_path(folder, number % COMPOSED), path, number // COMPOSED)
        yield path


def _path(folder: Path, number: int) -> Path:
    return folder / f"{YEARS[number % len(YEARS)]}" / f"{number:06}.{FORMATS[number % len(FORMATS)]}"


def _repeat(source: Path, path: Path, times: int) -> None:
    """The report again: of a department in another district where the file lets itself be renamed."""
    old, new = "1区".encode(), f"{times + 1}区".encode()
    if path.suffix == ".pdf":
        path.write_bytes(source.read_bytes() + b"%% %d\n" % times)
    elif path.suffix == ".html":
        path.write_bytes(source.read_bytes().replace(old, new))
    else:
        with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
            for entry in before.infolist():
                content = before.read(entry)
                after.writestr(
                    entry, content.replace(old, new) if entry.filename.endswith(".xml") else content
                )


def _write(path: Path, place: int, year: int, slip: bool) -> None:
    shape = path.suffix[1:]
    name = f"{PLACES[place % len(PLACES)]}1区"
    name += OFFICES[place // len(PLACES) % len(OFFICES)]
    store = _facts(place, year, name)
    composed = pipeline.disclose(store, EDITION, _material(name, year))
    if slip:
        composed = replace(composed, document=_slipped(composed.document, random.Random(place)))
    made = path.parent / f"{path.stem}-made"
    pipeline.write(composed, store, made, formats=(shape,))
    next(made.glob(f"*.{shape}")).rename(path)
    for rest in made.iterdir():
        rest.unlink()
    made.rmdir()


def _facts(place: int, year: int, name: str) -> FactStore:
    """Two years of figures; what a department spends changes little from year to year."""
    words = vocabulary(year).with_entities(
        [("department", None, name), ("office", "department", f"{name}本级")]
    )
    words = words.with_codes("project", [("law-day", None, "档案日宣传"), ("aid", None, "便民服务")])
    store = FactStore(words)
    size = random.Random(place).lognormvariate(0, 0.5)
    staff = round(20 * size) + 5
    store.add_points(_spent(place, year - 1, size) + _spent(place, year, size) + _planned(place, year, size))
    store.add_points(
        [Point("staff_in_post", (("staff", "administrative"),), "office", str(year), Fraction(staff))]
    )
    for concept in words.concepts:
        if concept not in (
            "total_resources",
            "total_uses",
            "three_public_spending",
            "official_vehicle_spending",
        ):
            for period in (str(year - 1), str(year)):
                for measure in ("actual", "initial_budget", "adjusted_budget"):
                    store.cover(concept, period, measure)
    return store


def _spent(place: int, year: int, size: float) -> list[Point]:
    chance = random.Random(place * 10_000 + year)
    lavish = 40 if place % 40 == 7 else 1
    found = []
    for function, economic in (*BASIC, *(("2040601", cost) for cost in COSTS)):
        share = {"30101": 300, "30217": 0.4 * lavish, "30231": 1.5}.get(economic, 30)
        codes = {"function": function, "economic": economic, "nature": "basic"}
        found += _both(codes, year, _amount(chance, size * share))
        if economic in COSTS:
            found.append(Point("operating_costs", (), "office", str(year), found[-1].value))
        concept = {"30217": "official_reception_spending", "30231": "official_vehicle_running"}.get(economic)
        if concept:
            fund = (("fund", "general_public_budget"),)
            found.append(Point(concept, fund, "office", str(year), found[-2].value))
    for project, function, economic in PROJECTS:
        codes = {"function": function, "economic": economic, "nature": "project", "project": project}
        found += _both(codes, year, _amount(chance, size * 60))
    return found


def _planned(place: int, year: int, size: float) -> list[Point]:
    chance, found = random.Random(place * 10_000 + year + 1), []
    for function, nature, project in (*BUDGETED, *((code, "project", name) for name, code, _ in PROJECTS)):
        codes = {"fund": "general_public_budget", "function": function, "nature": nature}
        stated = tuple(sorted({**codes, **({"project": project} if project else {})}.items()))
        amount = _amount(chance, size * (400 if function == "2040601" else 60))
        for measure in ("initial_budget", "adjusted_budget"):
            found.append(Point("expenditure", stated, "office", str(year), amount, measure))
    return found


def _both(codes: dict[str, str], year: int, amount: Fraction) -> list[Point]:
    """One expenditure and the revenue it is spent from."""
    spent = {**codes, "fund": "general_public_budget"}
    got = {name: code for name, code in spent.items() if name != "economic"}
    return [
        Point("revenue", tuple(sorted(got.items())), "office", str(year), amount),
        Point("expenditure", tuple(sorted(spent.items())), "office", str(year), amount),
    ]


def _amount(chance: random.Random, ten_thousands: float) -> Fraction:
    return Fraction(100 * round(ten_thousands * chance.lognormvariate(0, 0.1) * 100))


def _material(name: str, year: int) -> Material:
    return Material(
        entity="department",
        name=name,
        year=year,
        units=(BudgetUnit("office", f"{name}本级", "administrative"),),
        projects=(
            ProjectEntry("law-day", "档案日宣传", effect="市民了解档案"),
            ProjectEntry("aid", "便民服务"),
        ),
        texts={"functions": "1. 负责本区有关工作。"},
        published_on=date(year + 1, 9, 1),
    )


def _slipped(document: Document, chance: random.Random) -> Document:
    """The document with one digit of one figure of its text changed."""
    places = [
        (at, span)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Paragraph)
        for span, each in enumerate(block.spans)
        if each.figure and any(letter in "123456789" for letter in each.text)
    ]
    at, span = chance.choice(places)
    block = document.blocks[at]
    assert isinstance(block, Paragraph)
    text = block.spans[span].text
    digit = chance.choice([place for place, letter in enumerate(text) if letter in "123456789"])
    wrong = f"{text[:digit]}{int(text[digit]) % 9 + 1}{text[digit + 1 :]}"
    spans = (*block.spans[:span], replace(block.spans[span], text=wrong), *block.spans[span + 1 :])
    blocks = (*document.blocks[:at], replace(block, spans=spans), *document.blocks[at + 1 :])
    return replace(document, blocks=blocks)


def main() -> None:
    """Write the reports asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--only", default="0/1", help="PART/PARTS: every PARTS-th report, from PART on")
    options = parser.parse_args()
    part, parts = map(int, options.only.split("/"))
    for _ in reports(options.folder, options.count, part, parts):
        pass


if __name__ == "__main__":
    main()
