"""The office telephone of a person, for those who have to ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_performance")]

    operations = [
        migrations.AddField(
            "user", "phone", models.CharField(blank=True, default="", max_length=40), preserve_default=False
        )
    ]
