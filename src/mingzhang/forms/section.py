"""Sections of the disclosure as data: headings, paragraph templates with slots, charts, glossary definitions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParagraphTemplate:
    """A paragraph with slots in braces. The slot language is described in `compose.template`.

    `when` is a condition (see `compose.conditions`) under which the paragraph is printed. `each` names codes to
    repeat over (see `compose.repeat`): the whole paragraph once per code, or, where `fragment` is given, the
    fragments joined by `join` in place of `{each}` inside one paragraph.
    """

    text: str
    when: str = ""
    each: str = ""
    fragment: str = ""
    join: str = "；"
    kind: str = "body"
    heading: str = ""
    chart: str = ""
    evaluation: str = ""
    """`whole` or `projects`: the self-evaluations with their forms stand here."""


@dataclass(frozen=True, slots=True)
class ChartTemplate:
    """A chart: `categories` are labels, `series` map a name to one cell per category."""

    name: str
    caption: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[str, ...]], ...]
    unit: str = "万元"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section (一、…) of a part."""

    name: str
    heading: str
    paragraphs: tuple[ParagraphTemplate, ...] = ()
    table: str = ""
    material: str = ""
    """Name of the user's own text that fills the section, such as `functions` or `key_work`."""
    unit_heading: str = ""
    """Heading in a single unit's own disclosure (单位决算公开), where it differs."""
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One part (第一部分 …) and the names of its sections; `tables` asks for the nine tables."""

    heading: str
    sections: tuple[str, ...] = ()
    kind: str = "sections"
    """`sections`, `tables`, `glossary` or `annexes`."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A glossary entry in our own words. `when` names a cell that must not be zero for the entry to be printed."""

    term: str
    text: str
    when: str = ""
    source_id: str = ""
