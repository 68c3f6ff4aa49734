import django.db.models.deletion
from django.db import migrations, models

import mingzhang.records.casework.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_performance"),
        ("records", "0009_performance"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("WORK", "工作日"),
                            ("REST", "休息日"),
                            ("HOLIDAY", "法定节假日"),
                            ("MAKEUP", "调休上班"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["date"],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=15, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("district", "区"),
                            ("street", "街道（乡镇）"),
                            ("community", "社区（村）"),
                            ("grid", "网格"),
                        ],
                        max_length=9,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="casework.area",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=40)),
                ("file_name", models.CharField(max_length=120)),
                ("sm3", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                ("all_or_nothing", models.BooleanField(default=False)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.user"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "import batches",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("mapping", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["line", "kind", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "kind", "name"), name="import_mapping_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Numbering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["name", "year"],
                "constraints": [models.UniqueConstraint(fields=("name", "year"), name="numbering_once")],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("uscc", models.CharField(blank=True, max_length=18)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="casework.area",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="casework.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="Grain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("register", models.CharField(max_length=60)),
                ("month", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("records", "逐条登记"), ("platform", "外部平台"), ("return", "单位月报")],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grains",
                        to="casework.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["register", "month", "organisation"],
            },
        ),
        migrations.CreateModel(
            name="Frozen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("metric", models.CharField(max_length=20)),
                ("definition_version", models.PositiveSmallIntegerField()),
                ("definition", models.JSONField(default=dict)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("numerator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("denominator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("grain", models.CharField(max_length=20)),
                ("keys", models.JSONField(default=list)),
                ("base_keys", models.JSONField(default=list)),
                ("keys_digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "frozen",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CasePost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("HEAD", "局领导"),
                            ("OFFICE", "办公室（统计）"),
                            ("REV", "复议应诉科"),
                            ("PUB", "普法科"),
                            ("LEG", "合法性审查科"),
                            ("ENF", "执法监督科"),
                            ("GRA", "基层科（人民参与）"),
                            ("PLS", "公共法律服务科"),
                            ("AID", "法律援助中心"),
                            ("LAW", "律师工作科"),
                            ("COR", "社区矫正机构"),
                            ("RES", "安置帮教"),
                            ("JO", "司法所"),
                            ("SW", "社工、网格员"),
                            ("MED", "调解员"),
                            ("LWY", "律师"),
                            ("UNIT", "区直单位、街道联络员"),
                            ("PART", "法院、检察、公安"),
                            ("PUBLIC", "群众、企业"),
                            ("SUP", "矫正对象"),
                            ("FIN", "财务绩效"),
                            ("ADM", "系统管理"),
                            ("AUD", "安全审计"),
                        ],
                        max_length=8,
                    ),
                ),
                ("line", models.CharField(blank=True, max_length=30)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="casework.area",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_posts",
                        to="people.user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="casework.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["user", "role", "line"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="casework.area",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="casework.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="casework.organisation",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_person",
                        to="people.user",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Personal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=120)),
                ("privacy", models.CharField(max_length=2)),
                ("key_name", models.CharField(max_length=20)),
                ("sealed", models.TextField()),
                ("commitment", models.CharField(max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="personal",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "personal",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Index",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("exact", "全值"), ("pair", "相邻两字")], max_length=5)),
                ("digest", models.CharField(max_length=64)),
                (
                    "personal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indexes",
                        to="casework.personal",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "indexes",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=40)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("number_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("channel", models.CharField(blank=True, max_length=20)),
                ("state", models.CharField(blank=True, max_length=40)),
                ("table_version", models.PositiveSmallIntegerField(default=1)),
                ("accepted_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("secrecy", models.CharField(default="INTERNAL", max_length=12)),
                ("rule_date", models.DateField()),
                ("occurred_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("source_system", models.CharField(blank=True, max_length=40)),
                ("source_ref", models.CharField(blank=True, max_length=80)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("content", models.JSONField(default=dict)),
                ("words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("head", models.CharField(blank=True, max_length=64)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="casework.area",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="casework.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_records",
                        to="people.user",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=120)),
                ("privacy", models.CharField(max_length=2)),
                ("purpose", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reads",
                        to="casework.person",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.user"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reads",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="personal",
            name="record",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="personal",
                to="casework.record",
            ),
        ),
        migrations.CreateModel(
            name="PaymentRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("item", models.CharField(blank=True, max_length=60)),
                ("fen", models.BigIntegerField()),
                ("payee", models.CharField(max_length=80)),
                ("due_year", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "待付款"),
                            ("proposed", "凭证待审"),
                            ("posted", "已记账"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="requested",
                        max_length=9,
                    ),
                ),
                ("requested_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.entity"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.project"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.proposal",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.voucher",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["from_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=40)),
                ("from_state", models.CharField(blank=True, max_length=40)),
                ("to_state", models.CharField(blank=True, max_length=40)),
                ("actor_name", models.CharField(max_length=60)),
                ("role", models.CharField(blank=True, max_length=8)),
                ("on_behalf_of", models.CharField(blank=True, max_length=60)),
                ("occurred_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("payload", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("corrects", models.PositiveIntegerField(blank=True, null=True)),
                ("command_key", models.CharField(blank=True, max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["record", "number"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("template", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("number_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField()),
                ("key_name", models.CharField(blank=True, max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("issued_on", models.DateField()),
                ("signer", models.CharField(max_length=60)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("cancelled_why", models.CharField(blank=True, max_length=200)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["issued_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("rule_id", models.CharField(max_length=12)),
                ("family", models.CharField(max_length=12)),
                ("party", models.CharField(blank=True, max_length=80)),
                ("started_on", models.DateField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("base_due_on", models.DateField()),
                ("due_on", models.DateField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("pauses", models.JSONField(default=list)),
                ("extension", models.PositiveSmallIntegerField(default=0)),
                ("extended_on", models.DateField(blank=True, null=True)),
                ("extended_by", models.CharField(blank=True, max_length=60)),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("RUNNING", "进行中"),
                            ("PAUSED", "已暂停"),
                            ("DONE_ON_TIME", "按期完成"),
                            ("DONE_LATE", "逾期完成"),
                            ("VOID", "不再适用"),
                        ],
                        default="RUNNING",
                        max_length=12,
                    ),
                ),
                ("provisional", models.BooleanField(default=False)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rejected",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("values", models.TextField()),
                ("key_name", models.CharField(blank=True, max_length=20)),
                ("problems", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待更正"),
                            ("corrected", "已更正入库"),
                            ("discarded", "不再导入"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rejected_rows",
                        to="casework.importbatch",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.record",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "rejected",
                "ordering": ["batch", "row"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("metric", models.CharField(max_length=20)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.user"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=30)),
                ("form", models.CharField(max_length=60)),
                ("month", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "填写中"),
                            ("submitted", "已报送"),
                            ("sent_back", "退回修改"),
                            ("reviewed", "已审核"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="casework.organisation",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
            ],
            options={
                "ordering": ["-month", "organisation"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("sm3", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("media", models.CharField(max_length=80)),
                ("proves", models.CharField(blank=True, max_length=80)),
                ("added_by", models.CharField(max_length=60)),
                ("added_at", models.DateTimeField()),
                ("removed_why", models.CharField(blank=True, max_length=200)),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="casework.record",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="casework.return",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReturnItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="casework.return",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "id"],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=mingzhang.records.casework.keys.new_key, max_length=36, unique=True
                    ),
                ),
                ("party", models.CharField(max_length=80)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("post", "邮寄送达"),
                            ("electronic", "电子送达"),
                            ("leaving", "留置送达"),
                            ("notice", "公告送达"),
                            ("handed_on", "转交送达"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sent_on", models.DateField()),
                ("received_on", models.DateField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="casework.document",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.attachment",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
            ],
            options={
                "ordering": ["sent_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="AreaSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precessions",
                        to="casework.area",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="casework.area",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "before", "after"],
                "constraints": [
                    models.UniqueConstraint(fields=("before", "after"), name="area_succession_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["line", "kind", "sm3"], name="import_file"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("kind", "name", "valid_from"), name="organisation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uscc", ""), _negated=True), fields=("uscc",), name="organisation_uscc"
            ),
        ),
        migrations.AddConstraint(
            model_name="grain",
            constraint=models.UniqueConstraint(
                fields=("line", "register", "organisation", "month"), name="grain_once"
            ),
        ),
        migrations.AddIndex(
            model_name="frozen",
            index=models.Index(fields=["metric", "from_on", "to_on"], name="frozen_metric"),
        ),
        migrations.AddIndex(
            model_name="index",
            index=models.Index(fields=["digest", "kind"], name="personal_index"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["line", "kind", "state"], name="record_state"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["line", "kind", "occurred_on"], name="record_occurred"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["line", "kind", "received_at"], name="record_received"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["line", "kind", "closed_on"], name="record_closed"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["line", "kind", "accepted_on"], name="record_accepted"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["owner", "state"], name="record_owner"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["area", "line"], name="record_area"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["organisation", "line"], name="record_organisation"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["line", "kind", "fingerprint"], name="record_fingerprint"),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("line", "kind", "number_year", "number"),
                name="record_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_ref", ""), _negated=True),
                fields=("line", "kind", "source_system", "source_ref"),
                name="record_source",
            ),
        ),
        migrations.AddIndex(
            model_name="readlog",
            index=models.Index(fields=["user", "at"], name="read_by"),
        ),
        migrations.AddIndex(
            model_name="personal",
            index=models.Index(fields=["key_name"], name="personal_key"),
        ),
        migrations.AddConstraint(
            model_name="personal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person", None)), fields=("record", "path"), name="personal_of_record"
            ),
        ),
        migrations.AddConstraint(
            model_name="personal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("record", None)), fields=("person", "path"), name="personal_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="paymentrequest",
            index=models.Index(fields=["state"], name="payment_state"),
        ),
        migrations.AddConstraint(
            model_name="paymentrequest",
            constraint=models.UniqueConstraint(fields=("record", "item"), name="payment_once"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["recorded_at"], name="event_recorded"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("record", "number"), name="event_number"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("command_key", ""), _negated=True),
                fields=("command_key",),
                name="event_command",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["template", "number_year", "number"], name="document_number"),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["standing", "due_on"], name="deadline_due"),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["family", "standing"], name="deadline_family"),
        ),
        migrations.AddIndex(
            model_name="rejected",
            index=models.Index(fields=["state"], name="rejected_state"),
        ),
        migrations.AddConstraint(
            model_name="rejected",
            constraint=models.UniqueConstraint(fields=("batch", "row"), name="rejected_row"),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["metric", "from_on", "to_on"], name="release_metric"),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["line", "month", "state"], name="return_month"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(
                fields=("line", "form", "organisation", "month"), name="return_once"
            ),
        ),
        migrations.AddIndex(
            model_name="returnitem",
            index=models.Index(fields=["name"], name="return_item_name"),
        ),
        migrations.AddConstraint(
            model_name="returnitem",
            constraint=models.UniqueConstraint(fields=("report", "name"), name="return_item_once"),
        ),
    ]
