"""发文单位 and 出处 move from the table to its versions: each is issued by a document of its own."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

FACTS = ("issuer", "source")


def to_versions(apps, schema_editor):
    Rubric, Version = (apps.get_model("rubrics", name) for name in ("Rubric", "Version"))
    of_table = Rubric.objects.filter(pk=OuterRef("rubric"))
    Version.objects.update(**{name: Subquery(of_table.values(name)) for name in FACTS})


def to_tables(apps, schema_editor):
    Rubric, Version = (apps.get_model("rubrics", name) for name in ("Rubric", "Version"))
    newest = Version.objects.filter(rubric=OuterRef("pk")).order_by("-number")
    with_versions = Rubric.objects.filter(pk__in=Version.objects.values("rubric"))
    with_versions.update(**{name: Subquery(newest.values(name)[:1]) for name in FACTS})


class Migration(migrations.Migration):

    dependencies = [
        ('rubrics', '0006_tables_belong_to_units'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='issuer',
            field=models.CharField(default='', max_length=80, verbose_name='发文单位'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='version',
            name='source',
            field=models.CharField(default='', max_length=200, verbose_name='出处'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='rubric',
            name='issuer',
            field=models.CharField(default='', max_length=80, verbose_name='发文单位'),
        ),
        migrations.AlterField(
            model_name='rubric',
            name='source',
            field=models.CharField(default='', max_length=200, verbose_name='出处'),
        ),
        migrations.RunPython(to_versions, to_tables),
        migrations.RemoveField(model_name='rubric', name='issuer'),
        migrations.RemoveField(model_name='rubric', name='source'),
    ]
