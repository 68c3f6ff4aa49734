"""The relations of the catalogue, found by walking `catalogue/relations`; each is named as its file."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType

from mingzhang.catalogue import relations as folder
from mingzhang.catalogue.loading.files import CATALOGUE, read_rows
from mingzhang.forms.relation import Relation


def relation_modules() -> Iterator[ModuleType]:
    """The files of `catalogue/relations`, by name."""
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda found: found.name):
        yield import_module(f"{folder.__name__}.{module.name}")


@cache
def relations() -> tuple[Relation, ...]:
    """Every relation, in the order of the names."""
    return tuple(
        replace(module.relation, name=module.__name__.rpartition(".")[2]) for module in relation_modules()
    )


def checklist() -> list[dict[str, str]]:
    """What final accounts are checked for (id, chinese), and what covers it: structure, relations or nothing (why)."""
    return read_rows(CATALOGUE / "relations" / "checklist.csv")
