"""Give each visit its phase's scorer, and the 自查 that stood when its team began."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_scorers(apps, schema_editor):
    phases, visits = apps.get_model("plans", "Phase"), apps.get_model("plans", "Visit")
    scorers = phases.objects.filter(pk=OuterRef("phase")).values("scorer")
    visits.objects.update(scorer=Subquery(scorers))
    visits.objects.filter(scorer="self").update(team=None)


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_round_counted_from_an_index")]
    operations = [
        migrations.AddField(
            model_name='visit',
            name='scorer',
            field=models.CharField(choices=[('nobody', '不评分'), ('self', '单位自查'), ('helpers', '帮扶组'), ('team', '督导组'), ('recheck', '复核组')], default='team', editable=False, max_length=10, verbose_name='评分人'),
        ),
        migrations.AddField(
            model_name='visit',
            name='self_check',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checked_by', to='plans.visit'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='status',
            field=models.CharField(choices=[('planned', '未开始'), ('filling', '填写中'), ('signing', '待签字'), ('submitted', '已提交'), ('filed', '已报送'), ('returned', '已退回'), ('confirmed', '已确认'), ('archived', '已归档'), ('cancelled', '已取消')], db_index=True, default='planned', max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='visitevent',
            name='source',
            field=models.CharField(choices=[('planned', '未开始'), ('filling', '填写中'), ('signing', '待签字'), ('submitted', '已提交'), ('filed', '已报送'), ('returned', '已退回'), ('confirmed', '已确认'), ('archived', '已归档'), ('cancelled', '已取消')], max_length=10, verbose_name='原状态'),
        ),
        migrations.AlterField(
            model_name='visitevent',
            name='target',
            field=models.CharField(choices=[('planned', '未开始'), ('filling', '填写中'), ('signing', '待签字'), ('submitted', '已提交'), ('filed', '已报送'), ('returned', '已退回'), ('confirmed', '已确认'), ('archived', '已归档'), ('cancelled', '已取消')], max_length=10, verbose_name='新状态'),
        ),
        migrations.RunPython(copy_scorers, migrations.RunPython.noop),
    ]
