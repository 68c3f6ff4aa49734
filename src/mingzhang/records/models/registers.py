"""Memo registers (备查簿): vehicles, equipment, procurement contracts, receptions, overseas trips."""

from django.db import models

from mingzhang.records.models.organisation import Entity


class Vehicle(models.Model):
    """A vehicle (车辆) from the day it came to the day it went. `kind` is a code of the dimension `vehicle_kind`."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="vehicles")
    plate = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    acquired_on = models.DateField()
    disposed_on = models.DateField(null=True, blank=True)
    cost_fen = models.BigIntegerField(default=0)
    fiscal_funded = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["acquired_on", "plate"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "plate", "acquired_on"], name="vehicle_once")
        ]

    def __str__(self) -> str:
        return self.plate


class Equipment(models.Model):
    """Pieces of equipment (设备) of one kind and price."""

    class Category(models.TextChoices):
        """通用 or 专用."""

        GENERAL = "general", "通用设备"
        SPECIAL = "special", "专用设备"

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="equipment")
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=8, choices=Category.choices)
    unit_price_fen = models.BigIntegerField()
    acquired_on = models.DateField()
    disposed_on = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["acquired_on", "name"]
        verbose_name_plural = "equipment"

    def __str__(self) -> str:
        return f"{self.name} × {self.count}"


class ProcurementContract(models.Model):
    """A government procurement contract (政府采购合同): amount signed, spending of the year of signing."""

    class Kind(models.TextChoices):
        """Codes of the dimension `procurement`."""

        GOODS = "goods", "货物"
        WORKS = "works", "工程"
        SERVICES = "services", "服务"

    class Size(models.TextChoices):
        """Size of the supplier."""

        LARGE = "large", "大型企业"
        MEDIUM = "medium", "中型企业"
        SMALL = "small", "小型企业"
        MICRO = "micro", "微型企业"
        OTHER = "other", "其他"

    class Reserved(models.TextChoices):
        """For whom the contract was reserved."""

        NOBODY = "", "未预留"
        SME = "sme", "面向中小企业预留"
        SMALL_MICRO = "small_micro", "面向小微企业预留"

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="procurement_contracts")
    number = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    supplier = models.CharField(max_length=120)
    supplier_size = models.CharField(max_length=6, choices=Size.choices)
    signed_on = models.DateField()
    amount_fen = models.BigIntegerField()
    spending_fen = models.BigIntegerField()
    reserved_for = models.CharField(max_length=11, choices=Reserved.choices, blank=True)
    reserved_budget_fen = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["signed_on", "number"]
        constraints = [models.UniqueConstraint(fields=["entity", "number"], name="contract_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Reception(models.Model):
    """One reception (公务接待): a batch (批次), its guests and its cost."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="receptions")
    on = models.DateField()
    guests = models.PositiveIntegerField()
    foreign = models.BooleanField(default=False)
    spending_fen = models.BigIntegerField(default=0)
    occasion = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.occasion}"


class OverseasTrip(models.Model):
    """One official trip abroad (因公出国（境）): a group, its members and its cost."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="overseas_trips")
    on = models.DateField()
    persons = models.PositiveIntegerField()
    destination = models.CharField(max_length=120)
    spending_fen = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.destination}"
