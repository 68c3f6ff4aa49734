"""Books of earlier releases have no trail: what they hold is taken over as it stands (接管)."""

from django.db import DEFAULT_DB_ALIAS, migrations

from mingzhang.records.trail.adopting import adopt


def take_over(apps, schema_editor):
    if schema_editor.connection.alias == DEFAULT_DB_ALIAS:
        adopt(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("records", "0003_trail_rows"),
        ("records", "0003_work_parts"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
