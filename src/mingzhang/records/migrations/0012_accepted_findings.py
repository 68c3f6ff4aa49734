"""Findings that were accepted with their reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_performance_stages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptedFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("department", models.CharField(blank=True, max_length=200)),
                ("report_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rule", models.CharField(max_length=80)),
                ("figures", models.JSONField()),
                ("message", models.TextField()),
                ("key", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("accepted_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted_findings",
                        to="records.entity",
                    ),
                ),
            ],
            options={
                "ordering": ["entity", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("entity", "key"), name="finding_accepted_once")
                ],
            },
        ),
    ]
