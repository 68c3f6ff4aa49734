"""Likeness (相似程度) of people whom no number joins: Fellegi and Sunter's weights, computed by Splink on DuckDB from a given model, so that a run can be repeated."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from mingzhang.casework.linkage.model import Field, Level, Model

_FIELDS_AT = 3


class LikePair(NamedTuple):
    """Places in both lists, the weight in bits (prior included), and of each field the level reached (`Field.level`) and its bits."""

    ours: int
    theirs: int
    weight: float
    levels: tuple[tuple[int, float], ...]


def pairs_by_likeness(
    connection: duckdb.DuckDBPyConnection, model: Model, prior: float, least: float, theirs: str = "theirs"
) -> list[LikePair]:
    """Pairs of the table `ours` and another of weight `least` bits or more, in order; `prior` is the share of one person's among all possible pairs."""
    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(field) for field in model.fields],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in model.candidates],
        probability_two_random_records_match=prior,
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=True,
        linker_uid="mingzhang",
    )
    linker = Linker(
        [
            api.register("ours", dataset_display_name="a_ours"),
            api.register(theirs, dataset_display_name="b_theirs"),
        ],
        settings,
        log_level=logging.ERROR,
    )
    found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
    columns = ", ".join(f"gamma_{each.field}, {_bits(each)}" for each in model.fields)
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_weight, {columns} FROM {found.physical_name} ORDER BY 1, 2"
    ).fetchall()
    linker.table_management.delete_tables_created_by_splink_from_db()
    return [LikePair(row[0], row[1], row[2], _levels(row[_FIELDS_AT:])) for row in rows]


def _levels(row: tuple[Any, ...]) -> tuple[tuple[int, float], ...]:
    return tuple((int(gamma), float(bits)) for gamma, bits in zip(row[::2], row[1::2], strict=True))


def _bits(field: Field) -> str:
    """A field's weight, with what the frequency of its value adds."""
    frequent = any(level.frequency for level in field.levels)
    return f"mw_{field.field} + mw_tf_adj_{field.field}" if frequent else f"mw_{field.field}"


def _comparison(field: Field) -> dict[str, Any]:
    blank = {"sql_condition": field.blank, "label_for_charts": "blank", "is_null_level": True}
    return {
        "output_column_name": field.field,
        "comparison_levels": [blank, *(_level(level) for level in field.levels)],
    }


def _level(level: Level) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "sql_condition": level.when,
        "label_for_charts": level.says,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    if level.frequency:
        stated |= {"tf_adjustment_column": level.frequency, "tf_minimum_u_value": 0.00001}
    return stated
