"""Which rules failed at a claim's last look."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_who_is_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='look',
            name='failed',
            field=models.CharField(blank=True, db_default='', max_length=2000),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(condition=models.Q(('failed', ''), _negated=True), fields=['claim'], name='look_failed'),
        ),
    ]
