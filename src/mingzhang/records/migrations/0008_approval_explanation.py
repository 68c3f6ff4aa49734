"""The approval may differ from the books: why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0007_voucher_search")]

    operations = [
        migrations.AddField(
            "disclosure", "approval_explanation", models.CharField(blank=True, max_length=300)
        ),
    ]
