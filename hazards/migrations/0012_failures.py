"""How often an acceptance did not pass, counted from the moves that said so."""

from django.db import migrations, models
from django.db.models import Count, OuterRef, Subquery


def count(apps, schema_editor):
    failed = apps.get_model("hazards", "HazardEvent").objects.filter(move__in=["reject", "object"])
    one = failed.filter(hazard=OuterRef("pk")).order_by().values("hazard")
    hazards = apps.get_model("hazards", "Hazard").objects.filter(pk__in=failed.values("hazard"))
    hazards.update(failures=Subquery(one.annotate(n=Count("pk")).values("n")))


class Migration(migrations.Migration):

    dependencies = [
        ("hazards", "0011_supervised"),
    ]

    operations = [
        migrations.AddField(
            model_name="hazard",
            name="failures",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="验收未通过次数"),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
