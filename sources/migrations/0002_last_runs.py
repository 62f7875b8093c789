"""When each periodic task last ran."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0001_sources'),
    ]

    operations = [
        migrations.CreateModel(
            name='LastRun',
            fields=[
                ('task', models.CharField(max_length=100, primary_key=True, serialize=False, verbose_name='task')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('ended_at', models.DateTimeField(verbose_name='ended')),
                ('error', models.TextField(blank=True, verbose_name='error')),
            ],
            options={
                'verbose_name': 'last run',
                'verbose_name_plural': 'last runs',
            },
        ),
    ]
