# The rows of those who supervise, in indexes that hold no others

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hazards', '0010_urging'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='hazard',
            index=models.Index(condition=models.Q(('regulator__isnull', False)), fields=['regulator', 'id'], name='hazard_regulator'),
        ),
        migrations.AddIndex(
            model_name='hazard',
            index=models.Index(condition=models.Q(('committee__isnull', False)), fields=['committee', 'id'], name='hazard_committee'),
        ),
    ]
