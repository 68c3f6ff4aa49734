"""The moment at which a deadline in hours was met; of those met before only the day is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_sensitive_exports")]

    operations = [
        migrations.AddField(
            model_name="deadline",
            name="done_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
