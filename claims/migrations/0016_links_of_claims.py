"""What people judged claims to be to each other: a copy like the others, that only the ledger writes."""

import django.db.models.deletion
from django.db import migrations, models

FENCE = """
CREATE TRIGGER claims_link_fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON claims_link
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_strangers();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_no_index_of_changes'),
        ('sources', '0003_pages_as_fetched'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField()),
                ('relation', models.CharField(choices=[('same', 'says the same as'), ('repeats', 'repeats'), ('refines', 'makes more exact'), ('updates', 'brings up to date'), ('contradicts', 'contradicts'), ('denies', 'denies'), ('derived_from', 'is derived from'), ('not_same', 'is not the same as')], max_length=12, verbose_name='relation')),
                ('outward', models.BooleanField()),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'judgement',
                'verbose_name_plural': 'judgements',
                'ordering': ['ordinal'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='claim_duplicates'),
        ),
        migrations.AddField(
            model_name='link',
            name='claim',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='link',
            name='other',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('claim', 'other'), name='link_once_per_pair'),
        ),
        migrations.RunSQL(FENCE, "DROP TRIGGER claims_link_fence ON claims_link;"),
    ]
