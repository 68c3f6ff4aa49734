"""The index of vouchers for full-text search, and the list of one month."""

from django.db import migrations, models

from mingzhang.records.search import postgresql, sqlite


def _run(schema_editor, statements_of):
    vendor = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for statement in getattr(vendor, statements_of):
        schema_editor.execute(statement)


def create(apps, schema_editor):
    """Make the tables; the first search fills them."""
    _run(schema_editor, "CREATE")


def drop(apps, schema_editor):
    """Take them away."""
    _run(schema_editor, "DROP")


class Migration(migrations.Migration):
    dependencies = [("records", "0006_versions_of_registers")]

    operations = [
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(fields=["entity", "year", "month", "number"], name="voucher_month"),
        ),
        migrations.RunPython(create, drop),
    ]
