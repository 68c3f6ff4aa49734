"""Set up a department (建账): itself, its eliminations and its units enter the books and the trail together."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from mingzhang.records.models import Entity
from mingzhang.records.trail import KEPT, record


def found_department(department: Entity, units: Iterable[Entity] = ()) -> None:
    """Save a new department and its new units, which are put under it."""
    with transaction.atomic():
        department.save(force_insert=True)
        for unit in units:
            unit.parent = unit.parent or department
            unit.save(force_insert=True)
        founded = department.below()
        record(
            KEPT["Entity"].book, "建账", f"{department.name}及所属{len(founded) - 1}个单位",
            entity=department, touched=founded,
        )  # fmt: skip
