"""Let a plan ask for two reviewers: one 初审, another confirms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0004_three_classes'),
        ('plans', '0014_visit_self_check'),
        ('rubrics', '0007_each_version_its_document'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='four_eyes',
            field=models.BooleanField(default=False, verbose_name='审核须由两人：一人初审，另一人确认'),
        ),
        migrations.AddField(
            model_name='visit',
            name='vetted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='初审时间'),
        ),
        migrations.AddField(
            model_name='visit',
            name='vetted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('vetted_at', None), ('vetted_by', None)), models.Q(('vetted_at__isnull', False), ('vetted_by__isnull', False)), _connector='OR'), name='visit_vetted_pair'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('vetted_by', None), ('confirmed_by', None), models.Q(('confirmed_by', models.F('vetted_by')), _negated=True), _connector='OR'), name='visit_confirmed_by_another', violation_error_message='初审和确认须由两人。'),
        ),
    ]
