"""A claim shows what was registered before its window opened."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_offered_dates'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='registered',
            field=models.JSONField(null=True, verbose_name='registered'),
        ),
    ]
