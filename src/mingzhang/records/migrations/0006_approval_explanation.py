"""The approval may differ from the books: why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_job_progress_apart")]

    operations = [
        migrations.AddField(
            "disclosure", "approval_explanation", models.CharField(blank=True, max_length=300)
        ),
    ]
