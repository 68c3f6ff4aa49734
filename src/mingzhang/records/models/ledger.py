"""The ledger (账簿): vouchers (记账凭证), their lines, and the classifications that lines share."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.number_order import NumberOrderField
from mingzhang.records.models.organisation import Entity

FINANCIAL, BUDGETARY = "F", "B"


class VoucherKind(models.TextChoices):
    """What a voucher does."""

    OPENING = "opening", "年初余额"
    ORDINARY = "ordinary", "日常"
    ADJUSTING = "adjusting", "调整"
    CLOSING = "closing", "结账"


class Voucher(models.Model):
    """A voucher: entries in both systems (平行记账), each balanced in itself.

    `number_order` sorts as its number is counted; `digest` is the SM3 of its content and `posting` the trail's entry
    that put it into the books.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="vouchers", db_index=False)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    number_order = NumberOrderField(max_length=120, default="", editable=False)
    date = models.DateField()
    summary = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=VoucherKind.choices, default=VoucherKind.ORDINARY)
    template = models.CharField(max_length=8, blank=True)
    event_key = models.CharField(max_length=120, null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    prepared_by = models.CharField(max_length=40, blank=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    posting = models.ForeignKey(
        "TrailEntry", models.PROTECT, null=True, blank=True, related_name="vouchers", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "number"], name="voucher_number"),
            models.UniqueConstraint(fields=["entity", "event_key"], name="voucher_event_key"),
        ]
        indexes = [
            models.Index(fields=["entity", "year", "month", "number_order"], name="voucher_month"),
            models.Index(fields=["entity", "year", "number_order"], name="voucher_order"),
            models.Index(fields=["entity", "date", "number_order"], name="voucher_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.summary}"


class Classification(models.Model):
    """One combination of everything a line states beside its amount.

    Lines are many and combinations few, so a line keeps the combination's number, and sums by number are made
    from an index alone; what a figure takes together is decided here.
    """

    kind = models.CharField(max_length=9, choices=VoucherKind.choices)
    system = models.CharField(max_length=1, choices=[(FINANCIAL, "财务会计"), (BUDGETARY, "预算会计")])
    account = models.CharField(max_length=16)
    function = models.CharField(max_length=10, blank=True)
    economic = models.CharField(max_length=10, blank=True)
    nature = models.CharField(max_length=10, blank=True)
    fund = models.CharField(max_length=30, blank=True)
    project = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=8, default="current")
    detail = models.CharField(max_length=60, blank=True)
    counterparty = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "account", "kind", "system", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty",
                ],
                name="classification_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        stated = (
            self.account,
            self.function,
            self.economic,
            self.nature,
            self.fund,
            self.project,
            self.detail,
        )
        return " ".join(filter(None, stated))


class LineManager(models.Manager["VoucherLine"]):
    """Lines with their classification, which nearly every reader wants."""

    def get_queryset(self) -> models.QuerySet[VoucherLine]:
        """Join the classification."""
        return super().get_queryset().select_related("classification")


class VoucherLine(models.Model):
    """One entry of a voucher: an amount in fen on a side of an account, under a classification.

    `entity`, `year` and `month` repeat the voucher's, so that sums need no join. A blank summary is the voucher's.
    """

    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="lines", db_index=False)
    sequence = models.PositiveSmallIntegerField()
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="lines", db_index=False)
    debit = models.BooleanField()
    fen = models.BigIntegerField()
    contract = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=200, blank=True)

    objects = LineManager()
    plain = models.Manager()

    class Meta:
        base_manager_name = "plain"
        constraints = [models.UniqueConstraint(fields=["voucher", "sequence"], name="line_sequence")]
        indexes = [
            models.Index(
                fields=["entity", "year", "classification", "debit", "month", "fen"], name="line_sums"
            ),
        ]

    def __str__(self) -> str:
        return f"{'借' if self.debit else '贷'} {self.classification} {self.fen / 100:.2f}"

    @property
    def kind(self) -> str:
        """The voucher's kind."""
        return self.classification.kind

    @property
    def system(self) -> str:
        """`F` financial or `B` budgetary."""
        return self.classification.system

    @property
    def account(self) -> str:
        """Code of the account."""
        return self.classification.account

    @property
    def function(self) -> str:
        """Functional code (项), blank where none."""
        return self.classification.function

    @property
    def economic(self) -> str:
        """Economic code (款), blank where none."""
        return self.classification.economic

    @property
    def nature(self) -> str:
        """`basic`, `project` or blank."""
        return self.classification.nature

    @property
    def fund(self) -> str:
        """Source of the money, a code of `ledger.FUNDS`."""
        return self.classification.fund

    @property
    def project(self) -> str:
        """Code of the project, blank where none."""
        return self.classification.project

    @property
    def source(self) -> str:
        """`current`, or `prior` where carried-over money is spent."""
        return self.classification.source

    @property
    def detail(self) -> str:
        """Finer use, such as repair of vehicles."""
        return self.classification.detail

    @property
    def counterparty(self) -> str:
        """Code of the unit inside the department on the other side, blank where none."""
        return self.classification.counterparty


class MonthTotal(models.Model):
    """The lines of a unit's month under one classification on one side: fen and how many; kept by `month_totals`, never written."""

    pk = models.CompositePrimaryKey("entity_id", "year", "classification_id", "debit", "month")
    entity = models.ForeignKey(Entity, models.DO_NOTHING, related_name="+", db_constraint=False)
    year = models.PositiveSmallIntegerField()
    classification = models.ForeignKey(
        Classification, models.DO_NOTHING, related_name="+", db_constraint=False
    )
    debit = models.BooleanField()
    month = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    rows = models.PositiveBigIntegerField()

    class Meta:
        managed = False
        db_table = "records_monthtotal"

    def __str__(self) -> str:
        return (
            f"{self.entity} {self.year}年{self.month}月 {'借' if self.debit else '贷'} {self.fen / 100:.2f}"
        )


class PeriodLock(models.Model):
    """A closed period (已结账期间): a month, or the whole year as month 13."""

    YEAR = 13

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="period_locks", db_index=False)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "year", "month"], name="period_lock_once")]

    def __str__(self) -> str:
        return f"{self.entity} {self.year}年" + ("年结" if self.month == self.YEAR else f"{self.month}月")
