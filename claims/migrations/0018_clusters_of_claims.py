"""Which claims are joined by judgements and merges: kept by a consumer of the feed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0017_words_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('claim', models.UUIDField(primary_key=True, serialize=False)),
                ('cluster', models.UUIDField()),
            ],
            options={
                'db_table': 'claims_cluster',
                'indexes': [models.Index(fields=['cluster', 'claim'], name='cluster_members')],
            },
        ),
    ]
