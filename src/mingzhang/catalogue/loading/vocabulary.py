"""The vocabulary of a year: every concept and dimension of the catalogue, and the code trees under that year's names."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

from mingzhang.catalogue import dimensions
from mingzhang.catalogue.loading.classifications import economic_classification, functional_classification
from mingzhang.facts import Concept, Dimension, Vocabulary
from mingzhang.forms import Code

ECONOMIC_GROUPS = {
    "personnel": "人员经费",
    "public": "公用经费",
    "capital_construction": "不列入基本支出的类",
}
"""Groups above the economic 类: which of them make up 人员经费 and 公用经费 of basic expenditure."""


def dimension_modules() -> Iterator[ModuleType]:
    """The files of `catalogue/dimensions`, by name."""
    for module in sorted(pkgutil.iter_modules(dimensions.__path__), key=lambda found: found.name):
        yield import_module(f"{dimensions.__name__}.{module.name}")


def vocabulary(year: int, names: Mapping[str, str] | None = None) -> Vocabulary:
    """The vocabulary of a fiscal year. `names` are an edition's own names of functional codes (`Edition.code_names`).

    The trees hold the codes of the year and of the year before, because comparisons need both.
    """
    return _vocabulary(year, tuple(sorted((names or {}).items())))


@cache
def _vocabulary(year: int, names: tuple[tuple[str, str], ...]) -> Vocabulary:
    entries = [entry for module in dimension_modules() for entry in vars(module).values()]
    concepts = {entry.name: entry for entry in entries if isinstance(entry, Concept)}
    small = {entry.name: entry for entry in entries if isinstance(entry, Dimension)}
    trees = {"function": _function(year, dict(names)), "economic": _economic(year)}
    return Vocabulary(concepts, {**small, **trees})


def _function(year: int, own_names: dict[str, str]) -> Dimension:
    codes = _codes_around(year, functional_classification().codes)
    return Dimension(
        "function",
        "支出功能分类",
        {code.code: code.parent for code in codes},
        {code.code: own_names.get(code.code, code.name_in(year)) for code in codes},
    )


def _economic(year: int) -> Dimension:
    codes = _codes_around(year, economic_classification().codes)
    parents: dict[str, str | None] = dict.fromkeys(ECONOMIC_GROUPS)
    parents |= {code.code: code.parent or code.group for code in codes}
    return Dimension(
        "economic",
        "支出经济分类",
        parents,
        ECONOMIC_GROUPS | {code.code: code.name_in(year) for code in codes},
    )


def _codes_around(year: int, codes: Mapping[str, Code]) -> list[Code]:
    return [code for code in codes.values() if code.valid_in(year) or code.valid_in(year - 1)]
