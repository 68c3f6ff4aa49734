"""Facts × edition × material → the whole disclosure: six parts, tables, sections, charts, glossary, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mingzhang.compose.charts import compose_chart
from mingzhang.compose.conditions import holds, undecided
from mingzhang.compose.glossary import compose_glossary
from mingzhang.compose.material import Material
from mingzhang.compose.phrases import Missing
from mingzhang.compose.printer import Printer
from mingzhang.compose.repeat import repeated_codes
from mingzhang.compose.self_evaluation import Sheet
from mingzhang.compose.self_evaluation_report import (
    Words,
    average_told,
    report_blocks,
    result_told,
    score_sentence,
)
from mingzhang.compose.tables import compose_table
from mingzhang.compose.template import Writer, merge
from mingzhang.compose.usertext import compose_user_text
from mingzhang.documents import (
    Block,
    Contents,
    Document,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Problem,
    Span,
    Table,
)
from mingzhang.facts import Coordinate, FactStore
from mingzhang.forms import Edition, Form, ParagraphTemplate, Part, Section
from mingzhang.numbers.chinese import chinese_numeral

_NUMERAL = re.compile("（[一二三四五六七八九十]+）")
"""A numbered heading; which number it is follows from those printed before it in its section."""

_USER_TEXT = re.compile(r"\{text:([^{}:]+)\}")
"""A paragraph that is nothing but a text of the user: it may be several paragraphs, with tables."""

_LONGEST_SENTENCE = 12
"""Items up to which an enumeration is one sentence; more are a list."""

UNIT_KINDS = {
    "administrative": "行政单位",
    "civil_servant_managed": "参照公务员法管理的事业单位",
    "institution": "事业单位",
}


@dataclass(frozen=True)
class Composition:
    """A composed disclosure, what is still missing before it may be published, and the edition's terms."""

    document: Document
    problems: tuple[Problem, ...]
    definitions: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    """What the user still has to supply, each once, in reading order, with the key it is kept under."""


def compose(
    store: FactStore,
    edition: Edition,
    material: Material,
    controlled: Mapping[Coordinate, Decimal] | None = None,
    *,
    keyed: bool = False,
) -> Composition:
    """Compose the disclosure of one department or unit for one year; `keyed` for one that is edited where it stands."""
    if edition.code_names:
        store = store.speaking(store.vocabulary.renamed("function", edition.code_names))
    printer = Printer(store, edition.style, controlled)
    writer = Writer(
        printer,
        material.entity,
        material.year,
        _words(material, edition),
        material.reasons,
        material.texts,
        keyed=keyed,
    )
    composer = _Composer(edition, material, printer, writer)
    word = writer.words["body"]
    title = f"{material.name}{material.year}年度{word}决算"
    blocks: list[Block] = [Contents()]
    for part in edition.parts:
        blocks.extend(composer.part(part))
    document = Document(
        title,
        Metadata(
            department=material.name,
            year=material.year,
            edition=edition.name,
            published_on=material.published_on,
            version=material.version,
            watermark=material.watermark,
            author=material.name,
        ),
        tuple(blocks),
    )
    missing = tuple(dict.fromkeys(writer.missing))
    problems = tuple(
        Problem(
            "missing_text",
            f"尚未填写{gap.what}",
            f"{title}，{gap.key}",
            _remedy(gap.key, material),
            "warning",
        )
        for gap in missing
    )
    return Composition(document, problems, {entry.term: entry.text for entry in edition.glossary}, missing)


def _remedy(key: str, material: Material) -> str:
    remedy = "公开前补齐：在文字与变动原因的导入表（mingzhang template texts）里按上面的键填写后导入。"
    if key.endswith("#initial_budget"):
        return f"{remedy}有预算指标表的，导入预算（mingzhang import --kind budgets）即可。"
    if f"/{material.last_year}#" in key:
        return f"{remedy}本年新成立、上年没有决算的，上年数填0。"
    return remedy


def _words(material: Material, edition: Edition) -> dict[str, str]:
    subordinate = max(len(material.units) - 1, 0)
    return {
        "name": material.name,
        "short_name": material.short_name or material.name,
        "department": material.name,
        "year": str(material.year),
        "last_year": str(material.year - 1),
        "next_year": str(material.year + 1),
        "body": "部门" if material.kind == "department" else "单位",
        "unit_count": str(len(material.units)),
        "subordinate_count": str(subordinate),
        "edition": edition.chinese,
        "average_score": average_told([sheet for sheet, _ in material.evaluated("projects")]),
        "whole_score": "".join(score_sentence(sheet) for sheet, _ in material.evaluated("whole")),
    }


class _Composer:
    def __init__(self, edition: Edition, material: Material, printer: Printer, writer: Writer) -> None:
        self.edition = edition
        self.material = material
        self.printer = printer
        self.writer = writer
        self.charts = 0

    def part(self, part: Part) -> list[Block]:
        """A part on a new page: heading, then its sections, tables, glossary or annexes."""
        blocks: list[Block] = [PageBreak(), Heading(1, self._text(part.heading))]
        if part.kind == "tables":
            return blocks + self._tables()
        if part.kind == "glossary":
            return blocks + compose_glossary(self.edition, self.material, self.writer)
        number = 0
        for name in part.sections:
            section = self.edition.sections[name]
            body = self._section(section)
            if not body:
                continue
            heading = (
                section.unit_heading
                if self.material.kind == "unit" and section.unit_heading
                else section.heading
            )
            if heading:
                number += 1
                blocks.append(Heading(2, f"{chinese_numeral(number)}、{self._text(heading)}", anchor=name))
            blocks.extend(body)
        return blocks

    def _tables(self) -> list[Block]:
        blocks: list[Block] = []
        for index, form in enumerate(self.edition.forms, 1):
            blocks.append(Heading(2, f"{chinese_numeral(index)}、{form.title}", anchor=form.name))
            blocks.append(self._table(form))
        return blocks

    def _table(self, form: Form) -> Table:
        own = self.material
        return compose_table(form, self.printer, own.entity, own.year, own.name, self.writer.words["body"])

    def _section(self, section: Section) -> list[Block]:
        blocks: list[Block] = []
        if section.material:
            text = self.material.texts.get(section.material, "")
            if text.strip():
                blocks.extend(
                    compose_user_text(
                        text, self.writer, section.material, level=2 if not section.heading else 3
                    )
                )
            elif not section.paragraphs:
                heading = self._text(section.heading) or "本部分文字"
                self.writer.missing.append(Missing(f"“{heading}”的文字", section.material))
                blocks.append(Paragraph((Span(f"【待填写{heading}】", missing=True, key=section.material),)))
        headings = 0
        for template in section.paragraphs:
            body = self._paragraphs(template)
            if body and template.heading:
                heading = self._text(template.heading)
                if numeral := _NUMERAL.match(heading):
                    headings += 1
                    heading = f"（{chinese_numeral(headings)}）{heading[numeral.end() :]}"
                blocks.append(Heading(3, heading))
            blocks.extend(body)
        return blocks

    def _paragraphs(self, template: ParagraphTemplate) -> list[Block]:
        if not holds(template.when, self.writer, self.material):
            unknown = undecided(template.when, self.writer, self.material)
            return [Paragraph((self.writer.phrases.gap("数字", unknown),))] if unknown else []
        blocks: list[Block] = []
        if template.each and not template.fragment:
            for code, words in self._repeat(template.each):
                blocks.append(
                    Paragraph(
                        self.writer.render(template.text, code, self._named(code, words)), template.kind
                    )
                )
        elif template.each:
            head, _, tail = template.text.partition("{each}")
            items = [
                self.writer.render(template.fragment, code, self._named(code, words))
                for code, words in self._repeat(template.each)
            ]
            if len(items) > _LONGEST_SENTENCE and tail == "。":
                blocks.append(Paragraph(self.writer.render(head), template.kind))
                for number, item in enumerate(items, 1):
                    end = "；" if number < len(items) else tail
                    spans = [Span(f"（{number}）"), *item, Span(end)]
                    blocks.append(Paragraph(merge(spans), "list"))
            elif items:
                inside = [*items[0]]
                for item in items[1:]:
                    inside += [Span(template.join), *item]
                spans = [*self.writer.render(head), *inside, *self.writer.render(tail)]
                blocks.append(Paragraph(merge(spans), template.kind))
        elif own := _USER_TEXT.fullmatch(template.text):
            text = self.writer.texts.get(own[1], "")
            blocks.extend(compose_user_text(text, self.writer, own[1], level=4 if template.heading else 3))
        elif template.text:
            spans_of = self.writer.render(template.text)
            if spans_of:
                blocks.append(Paragraph(spans_of, template.kind))
        if template.evaluation:
            blocks.extend(self._evaluations(template.evaluation))
        if template.chart:
            chart = compose_chart(self.edition.charts[template.chart], self.writer, self.charts + 1)
            if chart:
                self.charts += 1
                blocks.append(chart)
        return blocks

    def _evaluations(self, which: str) -> Iterator[Block]:
        """The self-evaluations with their forms; projects each under a heading of its own."""
        for number, (sheet, words) in enumerate(self.material.evaluated(which), 1):
            if which == "projects":
                yield Heading(3, f"{chinese_numeral(number)}、{sheet.project}项目")
            yield from report_blocks(sheet, words, 4 if which == "projects" else 3)

    def _repeat(self, each: str) -> Iterator[tuple[str, dict[str, str]]]:
        if each != "units":
            yield from repeated_codes(each, self.writer)
            return
        for index, unit in enumerate(self.material.units, 1):
            yield unit.code, {"label": unit.name, "index": str(index), "unit_kind": UNIT_KINDS[unit.kind]}

    def _named(self, code: str, words: dict[str, str]) -> dict[str, str]:
        """Words of a repetition, with what the user says of a project or a subject."""
        project = next((entry for entry in self.material.projects if entry.code == code), None)
        said, done = (project.effect if project else ""), self.material.work(code)
        effect = "：".join(filter(None, (said, done)))
        own = {name: self.material.texts.get(f"{name}:{code}", "").strip() for name in ("purpose", "result")}
        own["result"] = own["result"] or self._result(code)
        return {
            **words,
            **own,
            "effect": effect,
            "score": self._score(code),
            "effect_clause": f"，主要成效是{effect}" if effect else "",
            "purpose_clause": f"主要用于：{own['purpose'].rstrip('。')}。" if own["purpose"] else "",
        }

    def _score(self, project: str) -> str:
        """A sentence on the score of a project; nothing where it was not evaluated."""
        found = self._evaluation(project)
        return score_sentence(found[0]) if found else ""

    def _result(self, project: str) -> str:
        """What a project brought, by its self-evaluation; else what was counted of it."""
        if found := self._evaluation(project):
            return result_told(*found)
        done = self.material.work(project)
        return f"主要产出和效益：{done}。" if done else ""

    def _evaluation(self, project: str) -> tuple[Sheet, Words] | None:
        """The self-evaluation of a first-level project; one below it may share its name."""
        cell = f"expenditure[project={project}]"
        return next((each for each in self.material.evaluated("projects") if each[0].cell == cell), None)

    def _text(self, template: str) -> str:
        return "".join(span.text for span in self.writer.render(template))
