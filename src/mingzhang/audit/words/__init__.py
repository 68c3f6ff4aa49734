"""Words (文字): what a report says in words, held against its figures, its form and itself; one check a file."""

from __future__ import annotations

from mingzhang.audit.evaluation import check as evaluation
from mingzhang.audit.remark import Remark
from mingzhang.audit.words import (
    announced,
    bands,
    body_name,
    contents,
    detail,
    directions,
    missing,
    named_items,
    nothing,
    numbering,
    owed_reasons,
    populations,
    punctuation,
    purposes,
    reasons,
    repeated_paragraphs,
    report_year,
    residue,
    subject_names,
    tallies,
    unit_at_odds,
    units,
)
from mingzhang.audit.words.page import Words
from mingzhang.audit.words.phrases import Phrases

CHECKS = (
    residue.check,
    body_name.check,
    report_year.check,
    directions.check,
    reasons.check,
    named_items.check,
    purposes.check,
    subject_names.check,
    nothing.check,
    announced.check,
    populations.check,
    units.check,
    unit_at_odds.check,
    missing.check,
    evaluation.check,
    contents.check,
    numbering.check,
    punctuation.check,
    owed_reasons.check,
    tallies.check,
    bands.check,
    repeated_paragraphs.check,
    detail.check,
)
"""Every check, in the order of its remarks."""

__all__ = ["CHECKS", "Phrases", "Words", "check_words"]


def check_words(words: Words) -> list[Remark]:
    """Every remark on the wording of a report. Where something could not be read, nothing is said of it."""
    return [remark for check in CHECKS for remark in check(words)]
