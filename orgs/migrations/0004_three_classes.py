from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_regulator'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='size_class',
            field=models.CharField(blank=True, choices=[('above', '规上'), ('medium', '中等'), ('small', '小微')], default='', max_length=10, verbose_name='三类企业'),
            preserve_default=False,
        ),
    ]
