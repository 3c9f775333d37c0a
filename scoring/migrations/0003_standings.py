"""Keep how many confirmed results of a round have which score, counted once from the visits."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count


def count(apps, schema_editor):
    visits = apps.get_model("plans", "Visit").objects.filter(
        status__in=["confirmed", "archived"], rate__isnull=False
    )
    counted = visits.order_by().values("plan_id", "target_kind", "rate", "total")
    standing = apps.get_model("scoring", "Standing")
    standing.objects.bulk_create(standing(**row) for row in counted.annotate(visits=Count("pk")))


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_visit_list_indexes"), ("scoring", "0002_presence")]
    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "target_kind",
                    models.CharField(
                        choices=[
                            ("county_union", "县级以上工会"),
                            ("enterprise_union", "企业工会"),
                        ],
                        max_length=30,
                        verbose_name="对象",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(decimal_places=6, max_digits=7, verbose_name="得分率"),
                ),
                (
                    "total",
                    models.DecimalField(decimal_places=2, max_digits=7, verbose_name="总得分"),
                ),
                ("visits", models.PositiveIntegerField(default=0, verbose_name="份数")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "得分分布",
                "verbose_name_plural": "得分分布",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "target_kind", "rate", "total"),
                        name="standing_score_once",
                    )
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
