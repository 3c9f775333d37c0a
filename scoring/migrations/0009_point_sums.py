"""Keep what confirmed sheets say of each scoring point, counted once from the answers."""

import django.db.models.deletion
from django.db import migrations, models

LEVELS = (0, 6, 9)
COUNTED = """
FROM plans_visit v
JOIN scoring_scoresheet s ON s.visit_id = v.id AND s.revision = v.revision
JOIN scoring_answer a ON a.sheet_id = s.id
JOIN rubrics_criterion c ON c.id = a.criterion_id
WHERE v.scorer = 'team' AND v.status IN ('confirmed', 'archived')
AND (v.rate IS NOT NULL OR v.verdicts IS NOT NULL)
"""
POINTS = """
INSERT INTO scoring_pointsum (plan_id, target_kind, level, place, version_id, criterion_id,
    is_scored, sheets, excused, short, gained, "yes", partly, "no")
SELECT v.plan_id, v.target_kind, {level}, substr(v.place, 1, {level}), v.version_id, a.criterion_id,
    v.rate IS NOT NULL, count(*), count(*) FILTER (WHERE a.not_applicable),
    count(*) FILTER (WHERE a.points < c.points), coalesce(sum(a.points), 0),
    count(*) FILTER (WHERE {said} = 'yes'), count(*) FILTER (WHERE {said} = 'partly'),
    count(*) FILTER (WHERE {said} = 'no')
""" + COUNTED + "GROUP BY 1, 2, 3, 4, 5, 6, 7"
REASONS = """
INSERT INTO scoring_reasonsum (plan_id, target_kind, level, place, version_id, criterion_id,
    digest, reason, sheets)
SELECT v.plan_id, v.target_kind, {level}, substr(v.place, 1, {level}), v.version_id, a.criterion_id,
    md5(a.reason), a.reason, count(*)
""" + COUNTED + "AND a.points < c.points AND a.reason <> '' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
SAID = {"sqlite": "json_extract(a.inputs, '$.verdict')", "postgresql": "a.inputs ->> 'verdict'"}


def count(apps, schema_editor):
    """Add up what was confirmed before sums were kept."""
    said = SAID[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        for level in LEVELS:
            cursor.execute(POINTS.format(level=level, said=said))
            cursor.execute(REASONS.format(level=level))


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0014_visit_self_check'),
        ('rubrics', '0007_each_version_its_document'),
        ('scoring', '0008_self_comparison'),
    ]

    operations = [
        migrations.CreateModel(
            name='PointSum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_kind', models.CharField(choices=[('county_union', '县级以上工会'), ('enterprise_union', '企业工会'), ('medical_city', '各市医务工会'), ('medical_unit', '医疗卫生单位'), ('producer', '生产经营单位'), ('town', '镇（街道）'), ('office', '局业务科室'), ('industry', '相关企业')], max_length=30, verbose_name='对象')),
                ('level', models.PositiveSmallIntegerField(verbose_name='层级')),
                ('place', models.CharField(blank=True, max_length=12, verbose_name='区划路径')),
                ('sheets', models.IntegerField(verbose_name='份数')),
                ('is_scored', models.BooleanField(verbose_name='有得分率')),
                ('excused', models.IntegerField(verbose_name='不适用')),
                ('short', models.IntegerField(verbose_name='失分份数')),
                ('gained', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='得分')),
                ('yes', models.IntegerField(verbose_name='是')),
                ('partly', models.IntegerField(verbose_name='部分')),
                ('no', models.IntegerField(verbose_name='否')),
                ('criterion', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rubrics.criterion')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rubrics.version')),
            ],
            options={
                'verbose_name': '各得分点合计',
                'verbose_name_plural': '各得分点合计',
                'constraints': [models.UniqueConstraint(fields=('plan', 'target_kind', 'is_scored', 'level', 'place', 'version', 'criterion'), name='point_sum_once')],
            },
        ),
        migrations.CreateModel(
            name='ReasonSum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_kind', models.CharField(choices=[('county_union', '县级以上工会'), ('enterprise_union', '企业工会'), ('medical_city', '各市医务工会'), ('medical_unit', '医疗卫生单位'), ('producer', '生产经营单位'), ('town', '镇（街道）'), ('office', '局业务科室'), ('industry', '相关企业')], max_length=30, verbose_name='对象')),
                ('level', models.PositiveSmallIntegerField(verbose_name='层级')),
                ('place', models.CharField(blank=True, max_length=12, verbose_name='区划路径')),
                ('sheets', models.IntegerField(verbose_name='份数')),
                ('digest', models.CharField(max_length=32, verbose_name='摘要')),
                ('reason', models.TextField(verbose_name='理由')),
                ('criterion', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rubrics.criterion')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rubrics.version')),
            ],
            options={
                'verbose_name': '失分原因合计',
                'verbose_name_plural': '失分原因合计',
                'indexes': [models.Index(models.F('plan'), models.F('target_kind'), models.F('level'), models.F('place'), models.F('version'), models.F('criterion'), models.OrderBy(models.F('sheets'), descending=True), models.F('digest'), name='reason_sum_most')],
                'constraints': [models.UniqueConstraint(fields=('plan', 'target_kind', 'level', 'place', 'version', 'criterion', 'digest'), name='reason_sum_once')],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
