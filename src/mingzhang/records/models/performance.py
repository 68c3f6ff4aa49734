"""Budget performance (预算绩效): goals with their indicators, values reported, explanations, frozen evaluations."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.models.projects import Project
from mingzhang.records.people.models import User


class Goals(models.Model):
    """The approved goals of a project, or of the department or unit as a whole, for a year (绩效目标).

    `form` names a form of the catalogue. `changed_in_year` says that they were approved again after the first time:
    a self-evaluation must then explain it.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="goals")
    year = models.PositiveSmallIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="goals")
    form = models.CharField(max_length=30)
    overall = models.TextField(blank=True)
    approved_on = models.DateField(null=True, blank=True)
    changed_in_year = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["entity", "year", "project__code"]
        verbose_name_plural = "goals"
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "project"], name="goals_of_project_once"),
            models.UniqueConstraint(
                fields=["entity", "year"], condition=models.Q(project=None), name="goals_of_whole_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity}{self.year}年度{self.project.name if self.project else '整体'}绩效目标"


class GoalIndicator(models.Model):
    """One indicator: its annual goal (block), its levels, its target as written, its weight in points.

    `metric` is a cell of the cube that answers it, blank where a person reports it; `cumulative` says that it grows
    over the year, `relative` that it is a rate, weighed by funds when units are put together.
    """

    goals = models.ForeignKey(Goals, models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    block = models.PositiveSmallIntegerField(default=1)
    block_words = models.CharField(max_length=300, blank=True)
    first_level = models.CharField(max_length=20)
    second_level = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    target = models.CharField(max_length=80)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    metric = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    reporter = models.CharField(max_length=60, blank=True)
    cumulative = models.BooleanField(default=True)
    relative = models.BooleanField(default=False)

    class Meta:
        ordering = ["goals", "order"]
        constraints = [models.UniqueConstraint(fields=["goals", "name"], name="indicator_once")]

    def __str__(self) -> str:
        return self.name


class ReportedValue(models.Model):
    """What a person reported of an indicator on a day, with the evidence. Later ones stand beside earlier ones."""

    indicator = models.ForeignKey(GoalIndicator, models.CASCADE, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    level = models.CharField(max_length=40, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    target_was_low = models.BooleanField(default=False)
    evidence = models.CharField(max_length=300)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["indicator", "on", "id"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.on} {self.value if self.value is not None else self.level}"


class Explanation(models.Model):
    """Why something is behind, what is done about it, by when, and what came of it (偏差说明)."""

    goals = models.ForeignKey(Goals, models.CASCADE, related_name="explanations")
    about = models.CharField(max_length=80)
    on = models.DateField()
    reason = models.CharField(max_length=500)
    measure = models.CharField(max_length=500, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["goals", "on", "id"]

    def __str__(self) -> str:
        return f"{self.about}：{self.reason}"


class Evaluation(models.Model):
    """A self-evaluation as submitted: frozen. A restatement is another one beside it, with the next number."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="evaluations")
    number = models.PositiveSmallIntegerField()
    filled_on = models.DateField()
    total = models.DecimalField(max_digits=5, decimal_places=2)
    grade = models.CharField(max_length=10)
    content = models.JSONField()
    sm3 = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["goals", "number"]
        constraints = [models.UniqueConstraint(fields=["goals", "number"], name="evaluation_number")]

    def __str__(self) -> str:
        return f"{self.goals} 第{self.number}次自评 {self.total}分"


class Commitment(models.Model):
    """A problem that a self-evaluation found and the measure it promised (结果应用): carried over until it is done.

    What can be checked in the next year is promised in figures: `replaces` names an indicator that next year's goals
    shall no longer hold as it was, `budget_at_most_fen` the most that next year's budget may be.
    """

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="commitments")
    problem = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    replaces = models.CharField(max_length=80, blank=True)
    budget_at_most_fen = models.BigIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["goals", "id"]

    def __str__(self) -> str:
        return self.problem


class ExAnte(models.Model):
    """The ex-ante evaluation of a new project (事前绩效评估), before it enters the budget of `year`.

    `aspects` holds each aspect's points and the words that bear them out, by name; `supported_fen` is what the
    evaluation would give of `requested_fen`.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="ex_ante")
    year = models.PositiveSmallIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, related_name="ex_ante")
    evaluated_on = models.DateField()
    requested_fen = models.BigIntegerField()
    supported_fen = models.BigIntegerField()
    aspects = models.JSONField()
    total = models.DecimalField(max_digits=5, decimal_places=2)
    conclusion = models.CharField(max_length=10)
    experts = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["entity", "year", "project__code"]
        verbose_name_plural = "ex-ante evaluations"
        constraints = [models.UniqueConstraint(fields=["year", "project"], name="ex_ante_once")]

    def __str__(self) -> str:
        return f"{self.project.name}{self.year}年度事前绩效评估"


class Monitoring(models.Model):
    """Goals as they were monitored on a day (绩效运行监控表): what was seen then, kept for good."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="monitorings")
    on = models.DateField()
    light = models.CharField(max_length=1)
    content = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["goals", "on"]
        constraints = [models.UniqueConstraint(fields=["goals", "on"], name="monitoring_once_a_day")]

    def __str__(self) -> str:
        return f"{self.goals} {self.on}监控"
