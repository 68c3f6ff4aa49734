"""The progress of jobs, beside the queue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Make its table."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="JobProgress",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("beats", models.PositiveBigIntegerField(default=0)),
                ("stage", models.CharField(blank=True, max_length=120)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("cancel_wanted", models.BooleanField(default=False)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
