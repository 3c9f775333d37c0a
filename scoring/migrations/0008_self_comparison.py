"""Count a 自查 against what was found, and let one person sign for a unit."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0001_initial'),
        ("scoring", "0007_fewer_indexes_to_write"),
        ("plans", "0014_visit_self_check"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SelfComparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('same', models.PositiveSmallIntegerField(verbose_name='一致')),
                ('high', models.PositiveSmallIntegerField(verbose_name='偏高')),
                ('low', models.PositiveSmallIntegerField(verbose_name='偏低')),
                ('apart', models.PositiveSmallIntegerField(verbose_name='无法比较')),
                ('change', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='差')),
                ('over', models.JSONField(verbose_name='各项高出')),
            ],
            options={
                'verbose_name': '自查对照',
                'verbose_name_plural': '自查对照',
            },
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_by_leader_or_recorder',
        ),
        migrations.AlterField(
            model_name='recordtext',
            name='field',
            field=models.CharField(choices=[('highlights', '工作亮点'), ('problems', '存在的问题'), ('suggestions', '意见建议'), ('cities', '对各市医务工会活动督导情况'), ('units', '进单位开展活动情况'), ('measures', '整改措施和时限')], max_length=12, verbose_name='栏目'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='role',
            field=models.CharField(choices=[('leader', '组长'), ('recorder', '记录人'), ('unit', '单位负责人')], max_length=10, verbose_name='身份'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['leader', 'recorder', 'unit'])), name='signature_by_who_answers'),
        ),
        migrations.AddField(
            model_name='selfcomparison',
            name='check_sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.scoresheet'),
        ),
        migrations.AddField(
            model_name='selfcomparison',
            name='sheet',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='self_comparison', to='scoring.scoresheet'),
        ),
    ]
