from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_payments_without_project"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="sealed",
            field=models.JSONField(default=dict),
        ),
    ]
