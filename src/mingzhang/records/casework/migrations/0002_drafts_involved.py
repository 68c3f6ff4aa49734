import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_initial"),
        ("people", "0002_performance"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="anchored",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="record",
            name="draft",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="Involved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("how", models.CharField(max_length=60)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involved",
                        to="casework.record",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.user"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "involved",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["user", "record"], name="involved_user")],
                "constraints": [models.UniqueConstraint(fields=("record", "user"), name="involved_once")],
            },
        ),
    ]
