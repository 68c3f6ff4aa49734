"""Which tables a backup holds (备份范围), in an order in which they can be put back."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from django.apps.registry import Apps, apps
from django.db import models

LABELS = ("people", "records", "casework", "otp_totp")
"""Applications whose rows are kept. Sessions, lock-outs and the queue of jobs are of the moment and are not."""


def kept_labels(registry: Apps = apps) -> list[str]:
    """The kept applications that are there."""
    known = {config.label for config in registry.get_app_configs()}
    return [label for label in LABELS if label in known]


def kept_tables(registry: Apps = apps) -> list[type[models.Model]]:
    """Every kept table, each after those that its rows refer to; what the database derives from others is not among them."""
    found = {
        model
        for label in kept_labels(registry)
        for model in registry.get_app_config(label).get_models()
        if model._meta.managed
    }
    order = TopologicalSorter({model: found & set(_referred(model)) for model in found})
    names = {model: model._meta.label for model in found}
    order.prepare()
    sorted_tables: list[type[models.Model]] = []
    while order.is_active():
        ready = sorted(order.get_ready(), key=names.__getitem__)
        sorted_tables += ready
        order.done(*ready)
    return sorted_tables


def _referred(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is not model:
            yield field.related_model
