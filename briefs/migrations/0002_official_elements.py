from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0001_briefs'),
    ]

    operations = [
        migrations.AddField(
            model_name='brief',
            name='addressee',
            field=models.CharField(blank=True, max_length=200, verbose_name='主送机关'),
        ),
        migrations.AddField(
            model_name='brief',
            name='copies',
            field=models.CharField(blank=True, max_length=300, verbose_name='抄送'),
        ),
        migrations.AddField(
            model_name='brief',
            name='reference',
            field=models.CharField(blank=True, max_length=40, verbose_name='发文字号'),
        ),
        migrations.AddField(
            model_name='brief',
            name='signer',
            field=models.CharField(blank=True, max_length=40, verbose_name='签发人'),
        ),
    ]
