from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_sealed_grants"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="sealed",
            field=models.JSONField(default=dict),
        ),
    ]
