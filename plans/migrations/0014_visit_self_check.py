"""Index visits by scorer, and keep 自查 and the papers of teams apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0013_visit_scorer")]
    operations = [
        migrations.RemoveConstraint(
            model_name='visit',
            name='visit_submitted_is_whole',
        ),
        migrations.RemoveIndex(
            model_name='visit',
            name='visit_state_place',
        ),
        migrations.RemoveIndex(
            model_name='visit',
            name='visit_plan_state_place',
        ),
        migrations.RemoveIndex(
            model_name='visit',
            name='visit_ranking',
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['status', 'place', 'id', 'scorer'], name='visit_state_place'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['plan', 'status', 'place', 'id', 'scorer'], name='visit_plan_state_place'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['plan', 'target_kind', 'scorer', 'status', '-rate', '-total', 'id'], name='visit_ranking'),
        ),
        migrations.RemoveIndex(model_name="visit", name="visit_counted"),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["plan", "team", "visit_on", "status", "target_kind", "place", "scorer"],
                name="visit_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['submitted', 'filed', 'confirmed', 'archived']), _negated=True), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False), ('total__isnull', False), models.Q(('content_hash', ''), _negated=True)), _connector='OR'), name='visit_submitted_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('scorer', 'self'), _negated=True), models.Q(('status', 'filed'), _negated=True)), models.Q(('scorer', 'self'), ('self_check', None), ('team', None), models.Q(('status__in', ['submitted', 'confirmed', 'archived']), _negated=True)), _connector='OR'), name='visit_self_is_the_units'),
        ),
    ]
