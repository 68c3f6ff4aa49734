"""Words of the search carry their unit and year: the index is emptied, and filled anew after the migration or by searches."""

from importlib import import_module

from django.db import migrations

_FIRST = import_module("mingzhang.records.migrations.0007_voucher_search")


def empty(apps, schema_editor):
    """Make the tables anew."""
    _FIRST.drop(apps, schema_editor)
    _FIRST.create(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("records", "0014_month_totals")]

    operations = [migrations.RunPython(empty, empty)]
