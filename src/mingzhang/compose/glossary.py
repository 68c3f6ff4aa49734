"""The glossary part: definitions, and the functional subjects in use, derived from the rows that are not zero."""

from __future__ import annotations

from mingzhang.compose.conditions import holds
from mingzhang.compose.material import Material
from mingzhang.compose.template import Writer
from mingzhang.documents import Block, Paragraph, Span
from mingzhang.facts import Cell
from mingzhang.forms import Edition
from mingzhang.numbers.chinese import chinese_numeral

SUBJECTS = "{subjects}"
"""A definition whose text is this stands for the list of functional subjects."""


def compose_glossary(edition: Edition, material: Material, writer: Writer) -> list[Block]:
    """Numbered definitions in the edition's order; those whose condition fails are left out."""
    blocks: list[Block] = []
    number = 0
    for entry in edition.glossary:
        if not holds(entry.when, writer, material):
            continue
        subjects = _subjects(edition, writer) if entry.text == SUBJECTS else []
        if entry.text == SUBJECTS and not subjects:
            continue
        number += 1
        lead = f"（{chinese_numeral(number)}）{entry.term}"
        if entry.text == SUBJECTS:
            blocks.append(Paragraph((*writer.render(lead.rstrip("：") + "：")[:1],), "list"))
            blocks.extend(subjects)
        else:
            blocks.append(Paragraph((Span(f"{lead}：", bold=True), *writer.render(entry.text)), "list"))
    return blocks


def _subjects(edition: Edition, writer: Writer) -> list[Block]:
    tree = writer.printer.store.vocabulary.dimensions["function"]
    cell = Cell.parse("expenditure")
    codes = writer.printer.store.codes(cell, "function", writer.entity, str(writer.year))
    blocks: list[Block] = []
    for index, code in enumerate((code for code in codes if tree.level(code) == 3), 1):
        names = [tree.label(step) for step in reversed(tree.path(code))]
        title = "".join(f"{name}（{level}）" for name, level in zip(names, ("类", "款", "项"), strict=True))
        note = edition.subject_notes.get(code) or f"反映用于{names[1]}方面“{names[2]}”的支出。"
        blocks.append(Paragraph((Span(f"{index}. {title}："), Span(note)), "list"))
    return blocks
