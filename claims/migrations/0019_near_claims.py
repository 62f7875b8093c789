"""The nearest few of each claim are kept as rows: what `said-before` and the rules beside it read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0018_clusters_of_claims'),
    ]

    operations = [
        migrations.CreateModel(
            name='Near',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.UUIDField()),
                ('other', models.UUIDField()),
                ('score', models.FloatField()),
                ('shared', models.FloatField()),
            ],
            options={
                'db_table': 'claims_near',
                'indexes': [models.Index(fields=['other'], name='near_seen_by')],
                'constraints': [models.UniqueConstraint(fields=('claim', 'other'), name='near_once_per_pair')],
            },
        ),
    ]
