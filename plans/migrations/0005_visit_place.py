"""Copy the region's path to its visits, and index each order in which visits are listed."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_paths(apps, schema_editor):
    paths = apps.get_model("orgs", "Region").objects.filter(pk=OuterRef("region")).values("path")
    apps.get_model("plans", "Visit").objects.update(place=Subquery(paths))


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_draw_supplement")]
    operations = [
        migrations.AddField(
            model_name="visit",
            name="place",
            field=models.CharField(
                default="", editable=False, max_length=12, verbose_name="区划路径"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(copy_paths, migrations.RunPython.noop),
    ]
