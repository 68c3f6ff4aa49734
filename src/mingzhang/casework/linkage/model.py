"""The model of likeness (比对权重): which fields are compared, in which levels, and how much each level says; read from `model.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which a field agrees: in words, as a condition on `_l` and `_r`, and its shares among pairs of one person and of different people."""

    says: str
    m: float
    u: float
    when: str = "ELSE"
    frequency: str = ""
    """The column whose rare values say more than its common ones; blank where all say the same."""


@dataclass(frozen=True, slots=True)
class Field:
    """A compared field, its levels in the order they are asked, and when it says nothing."""

    field: str
    chinese: str
    blank: str
    levels: tuple[Level, ...]

    def level(self, gamma: int) -> Level | None:
        """The level that a pair reached: they are counted down to 0, the last; -1 says nothing."""
        return None if gamma < 0 else self.levels[len(self.levels) - 1 - gamma]


@dataclass(frozen=True, slots=True)
class Model:
    """Fields, and the conditions of which a pair must meet one to be looked at."""

    fields: tuple[Field, ...]
    candidates: tuple[str, ...]


def model_of(data: dict[str, Any]) -> Model:
    """A model from its tables."""
    return Model(
        tuple(
            Field(
                each["field"], each["chinese"], each["blank"], tuple(Level(**one) for one in each["levels"])
            )
            for each in data["fields"]
        ),
        tuple(data["candidates"]),
    )


@cache
def default_model() -> Model:
    """The model that comes with the package."""
    return model_of(tomllib.loads(files(__package__).joinpath("model.toml").read_text(encoding="utf-8")))
