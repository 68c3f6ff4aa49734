"""Vouchers in the order of their numbers as people count them."""

from django.db import migrations, models

from mingzhang.records.batches import chunks
from mingzhang.records.models.number_order import NumberOrderField, number_order


def fill(apps, schema_editor):
    """Give every voucher the order of its number."""
    vouchers = apps.get_model("records", "Voucher")
    rows = vouchers.objects.order_by("pk").values_list("number", "pk").iterator(chunk_size=5000)
    with schema_editor.connection.cursor() as cursor:
        for chunk in chunks(rows):
            cursor.executemany(
                f"UPDATE {vouchers._meta.db_table} SET number_order = %s WHERE id = %s",
                [(number_order(number), key) for number, key in chunk],
            )


class Migration(migrations.Migration):
    dependencies = [("records", "0009_performance")]

    operations = [
        migrations.AddField(
            "voucher", "number_order", NumberOrderField(default="", editable=False, max_length=120)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("voucher", "voucher_month"),
        migrations.AddIndex(
            "voucher", models.Index(fields=["entity", "year", "month", "number_order"], name="voucher_month")
        ),
        migrations.AddIndex(
            "voucher", models.Index(fields=["entity", "year", "number_order"], name="voucher_order")
        ),
    ]
