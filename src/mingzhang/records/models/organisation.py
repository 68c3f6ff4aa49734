"""The organisation (组织机构): government, departments, budget units; and their staff (人员)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

ELIMINATIONS = "eliminations"


class Entity(models.Model):
    """A government, a department or a budget unit (预算单位).

    A department consolidates the units under it; its own `<code>-eliminations` takes out what they pay each other.
    `edition` is the form it publishes in, `watermark` a word printed on every page (示例数据); units take both from
    their department.
    """

    class Kind(models.TextChoices):
        """What an entity is; the last but one group are budget units with their own books."""

        GOVERNMENT = "government", "政府"
        DEPARTMENT = "department", "部门"
        ADMINISTRATIVE = "administrative", "行政单位"
        CIVIL_SERVANT_MANAGED = "civil_servant_managed", "参照公务员法管理的事业单位"
        INSTITUTION = "institution", "事业单位"
        ELIMINATIONS = ELIMINATIONS, "部门内抵销"

    among: Iterable[Entity] | None = None
    """All entities, where it was read with them."""

    BOOKKEEPING = (Kind.ADMINISTRATIVE, Kind.CIVIL_SERVANT_MANAGED, Kind.INSTITUTION)

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField(default=0)
    edition = models.CharField(max_length=60, blank=True)
    watermark = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a department gets its eliminations entity with it."""
        super().save(*args, **kwargs)
        if self.kind == self.Kind.DEPARTMENT:
            Entity.objects.get_or_create(
                code=f"{self.code}-{ELIMINATIONS}",
                defaults={
                    "name": f"{self.name}（内部抵销）",
                    "kind": ELIMINATIONS,
                    "parent": self,
                    "order": 9999,
                },
            )

    @property
    def keeps_books(self) -> bool:
        """Whether it is a budget unit with vouchers of its own."""
        return self.kind in self.BOOKKEEPING

    @property
    def accounting(self) -> str:
        """Which accounts it uses: `administrative` (行政单位) or `institution` (事业单位, 参公 included)."""
        return "administrative" if self.kind == self.Kind.ADMINISTRATIVE else "institution"

    def department(self) -> Entity:
        """The department it belongs to; itself where it is one or stands alone."""
        step: Entity | None = self
        while step is not None and step.kind != self.Kind.DEPARTMENT:
            step = step.parent
        return step or self

    def below(self, among: Iterable[Entity] | None = None) -> list[Entity]:
        """Itself and everything under it, each before those under it. `among` are all entities, if already read apart from it."""
        children: dict[int | None, list[Entity]] = {}
        known = self.among if among is None else among
        for entity in Entity.objects.all() if known is None else known:
            children.setdefault(entity.parent_id, []).append(entity)
        found, waiting = [], [self]
        while waiting:
            entity = waiting.pop()
            found.append(entity)
            waiting.extend(reversed(children.get(entity.pk, ())))
        return found

    def units(self, among: Iterable[Entity] | None = None) -> list[Entity]:
        """The budget units at or under it, in order."""
        return [entity for entity in self.below(among) if entity.keeps_books]

    def tree(self, among: Iterable[Entity] | None = None) -> list[tuple[str, str | None, str]]:
        """(code, code above, name) of itself and everything under it; it has nothing above."""
        found = self.below(among)
        codes = {entity.pk: entity.code for entity in found}
        return [(entity.code, codes.get(entity.parent_id), entity.name) for entity in found]


class StaffChange(models.Model):
    """A change of staff numbers (人员变动); the number on a day is the sum of all changes up to it."""

    class Kind(models.TextChoices):
        """Staff in post by establishment, then retired staff by kind."""

        ADMINISTRATIVE = "administrative", "在职行政人员"
        INSTITUTION = "institution", "在职事业人员"
        VETERAN = "veteran", "离休人员"
        ORDINARY = "ordinary", "退休人员"

    IN_POST = (Kind.ADMINISTRATIVE, Kind.INSTITUTION)
    RETIRED = (Kind.VETERAN, Kind.ORDINARY)

    class Reason(models.TextChoices):
        """Why the number changed."""

        OPENING = "opening", "建账"
        RECRUITED = "recruited", "录用"
        TRANSFERRED = "transferred", "调动"
        RETIRED = "retired", "退休"
        DIED = "died", "去世"
        OTHER = "other", "其他"

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="staff_changes")
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    change = models.IntegerField()
    reason = models.CharField(max_length=16, choices=Reason.choices)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.entity} {self.on} {self.get_kind_display()} {self.change:+d}（{self.get_reason_display()}）"
