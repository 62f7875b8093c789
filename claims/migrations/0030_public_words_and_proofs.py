"""What readers outside search public records for, and the proofs of these records: only ever added to, PostgreSQL sees to it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER claims_publicproof_keeps_rows BEFORE UPDATE OR DELETE ON claims_publicproof
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER claims_publicproof_keeps_all BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_publicproof
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE claims_publicproof
    ENABLE ALWAYS TRIGGER claims_publicproof_keeps_rows, ENABLE ALWAYS TRIGGER claims_publicproof_keeps_all;
"""
UNGUARD = """
DROP TRIGGER claims_publicproof_keeps_rows ON claims_publicproof;
DROP TRIGGER claims_publicproof_keeps_all ON claims_publicproof;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0029_offered_readings'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicrecord',
            name='words',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='publicrecord',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('withdrawn_at', None)), fields=['words'], name='record_words'),
        ),
        migrations.AddIndex(
            model_name='publicrecord',
            index=models.Index(condition=models.Q(('rating__in', ('', 'in_progress', 'stalled')), ('withdrawn_at', None)), fields=['due_last', 'id'], name='record_awaited'),
        ),
        migrations.CreateModel(
            name='PublicProof',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('checkpoint', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.checkpoint')),
                ('proof', models.BinaryField(max_length=2048)),
            ],
            options={
                'db_table': 'claims_publicproof',
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
