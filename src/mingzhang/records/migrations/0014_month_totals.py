"""Totals by month, kept by triggers beside the lines; the vouchers of a unit in the order of their days."""

from django.db import migrations, models

from mingzhang.records import month_totals


def create(apps, schema_editor):
    month_totals.create(schema_editor.connection)


def drop(apps, schema_editor):
    month_totals.drop(schema_editor.connection)


def reference(to):
    return models.ForeignKey(db_constraint=False, on_delete=models.DO_NOTHING, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [("records", "0013_approved_first")]

    operations = [
        migrations.AddIndex(
            "voucher", models.Index(fields=["entity", "date", "number_order"], name="voucher_day")
        ),
        migrations.CreateModel(
            name="MonthTotal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entity_id",
                        "year",
                        "classification_id",
                        "debit",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("debit", models.BooleanField()),
                ("month", models.PositiveSmallIntegerField()),
                ("fen", models.BigIntegerField()),
                ("rows", models.PositiveBigIntegerField()),
                ("classification", reference("records.classification")),
                ("entity", reference("records.entity")),
            ],
            options={"db_table": "records_monthtotal", "managed": False},
        ),
        migrations.RunPython(create, drop),
    ]
