"""Sections, charts, parts and glossary of an edition: from what the files say to kinds, each name and cell checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import Template
from typing import Any

from mingzhang.catalogue.loading.cells import BadCellError, CellChecker
from mingzhang.catalogue.loading.datafile import DataFile, Step
from mingzhang.catalogue.loading.folders import Folder, Inherited
from mingzhang.catalogue.loading.schema import suggestion
from mingzhang.documents import Problem
from mingzhang.forms import ChartTemplate, Definition, ParagraphTemplate, Part, Section

Placed = DataFile | Inherited
_PLAIN = ("heading", "table", "material", "unit_heading", "source", "verified")


class TextReader:
    """Reads the texts of one edition; `problems` collects what is wrong with them."""

    def __init__(self, checker: CellChecker, form_names: Iterable[str]) -> None:
        self.checker = checker
        self.form_names = tuple(form_names)
        self.problems: list[Problem] = []

    # -- charts ----------------------------------------------------------------------------------------------

    def charts(self, folder: Folder) -> dict[str, ChartTemplate]:
        """Charts by name; an edition's own replace those of its base that have the same name."""
        charts: dict[str, ChartTemplate] = {}
        for step in reversed(list(folder.lineage())):
            file = step.files.get("charts.toml")
            for index, entry in enumerate(file.data["charts"] if file else ()):
                charts[entry["name"]] = self._chart(file, entry, ("charts", index))  # type: ignore[arg-type]
        return charts

    def _chart(self, file: DataFile, entry: dict[str, Any], at: tuple[Step, ...]) -> ChartTemplate:
        for name, cells in entry["series"].items():
            if len(cells) != len(entry["categories"]):
                what = f"图表“{entry['name']}”的系列“{name}”有{len(cells)}个数，类别有{len(entry['categories'])}个"
                self.problems.append(
                    file.problem("chart_length", what, "每个类别对应一个坐标。", *at, "series", name)
                )
            for cell in cells:
                self._try(self.checker.cell, cell, file, *at, "series", name)
        self._try(self.checker.text, entry.get("description", ""), file, *at, "description")
        return ChartTemplate(
            name=entry["name"],
            caption=entry["caption"],
            kind=entry["kind"],
            categories=tuple(entry["categories"]),
            series=tuple((name, tuple(cells)) for name, cells in entry["series"].items()),
            **{key: entry[key] for key in ("unit", "description") if key in entry},
        )

    # -- sections --------------------------------------------------------------------------------------------

    def section(self, name: str, said: Inherited, charts: Iterable[str]) -> Section:
        """A section with its paragraphs; `$name` in any text is the section's value of that name."""
        values = {"code": "$code", **said.data.get("values", {})}
        data = {key: self._filled(said, values, value, key) for key, value in said.data.items()}
        table = data.get("table", "")
        if table and table not in self.form_names:
            remedy = suggestion(table, self.form_names)
            self.problems.append(said.problem("unknown_form", f"没有名为“{table}”的公开表", remedy, "table"))
        self._try(self.checker.text, data.get("heading", ""), said, "heading")
        paragraphs = []
        for index, entry in enumerate(said.data.get("paragraphs", ())):
            at: tuple[Step, ...] = ("paragraphs", index)
            filled = {key: self._filled(said, values, value, *at, key) for key, value in entry.items()}
            paragraphs.append(self._paragraph(said, filled, at, tuple(charts)))
        plain = {key: data[key] for key in _PLAIN if key in data}
        return Section(name=name, paragraphs=tuple(paragraphs), **{"heading": ""} | plain)

    def _filled(self, said: Inherited, values: dict[str, str], value: Any, *at: Step) -> Any:
        """A text with the section's values put in; anything else as it is."""
        if not isinstance(value, str):
            return value
        try:
            return Template(value).substitute(values)
        except KeyError as missing:
            name = str(missing.args[0])
            what = f"文字中的 ${name} 没有给出值"
            self.problems.append(said.problem("unknown_value", what, suggestion(name, values), *at))
        except ValueError:
            self.problems.append(
                said.problem(
                    "unknown_value", "文字中的 $ 用法不对", "写作 $名称，名称列在 [values] 中。", *at
                )
            )
        return value

    def _paragraph(
        self, said: Inherited, entry: dict[str, Any], at: tuple[Step, ...], charts: tuple[str, ...]
    ) -> ParagraphTemplate:
        checks: dict[str, Callable[[str], object]] = {
            "text": self.checker.text,
            "fragment": self.checker.text,
            "heading": self.checker.text,
            "when": self.checker.condition,
            "each": self.checker.repetition,
        }
        for key, check in checks.items():
            self._try(check, entry.get(key, ""), said, *at, key)
        chart = entry.get("chart", "")
        if chart and chart not in charts:
            what = f"没有名为“{chart}”的图表"
            self.problems.append(said.problem("unknown_chart", what, suggestion(chart, charts), *at, "chart"))
        return ParagraphTemplate(**{"text": ""} | entry)

    # -- parts and glossary ----------------------------------------------------------------------------------

    def parts(self, file: DataFile, sections: Iterable[str]) -> tuple[Part, ...]:
        """The parts as the edition's file lists them."""
        known = tuple(sections)
        parts = []
        for index, entry in enumerate(file.data.get("parts", ())):
            for name in entry.get("sections", ()):
                if name not in known:
                    what = f"“{entry['heading']}”中没有名为“{name}”的节"
                    remedy = f"{suggestion(name, known)}节是 sections 文件夹中的文件名。"
                    self.problems.append(
                        file.problem("unknown_section", what, remedy, "parts", index, "sections")
                    )
            parts.append(
                Part(entry["heading"], tuple(entry.get("sections", ())), entry.get("kind", "sections"))
            )
        return tuple(parts)

    def glossary(self, folder: Folder) -> tuple[Definition, ...]:
        """Definitions in the order of the nearest `terms`; an edition's own replace inherited ones of the same term."""
        definitions: dict[str, Definition] = {}
        terms: list[str] | None = None
        last: DataFile | None = None
        for step in reversed(list(folder.lineage())):
            file = step.files.get("glossary.toml")
            if file is None:
                continue
            for index, entry in enumerate(file.data.get("definitions", ())):
                self._try(self.checker.text, entry["text"], file, "definitions", index, "text")
                self._try(self.checker.condition, entry.get("when", ""), file, "definitions", index, "when")
                definitions[entry["term"]] = Definition(**entry)
            if "terms" in file.data:
                terms, last = file.data["terms"], file
        for index, term in enumerate(terms or ()):
            if term not in definitions and last:
                what = f"名词“{term}”没有释义"
                self.problems.append(
                    last.problem("unknown_term", what, suggestion(term, definitions), "terms", index)
                )
        wanted = definitions if terms is None else terms
        return tuple(definitions[term] for term in wanted if term in definitions)

    # -- problems --------------------------------------------------------------------------------------------

    def _try(self, check: Callable[[str], object], text: str, placed: Placed, *at: Step) -> None:
        if not text:
            return
        try:
            check(text)
        except BadCellError as problem:
            self.problems.append(placed.problem("unknown_cell", problem.what, problem.remedy, *at))
