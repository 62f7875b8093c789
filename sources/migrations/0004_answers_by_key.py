"""A POST that comes again under its key is answered, and not done again."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0003_pages_as_fetched'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answered',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('subject', models.UUIDField(null=True)),
                ('status', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
