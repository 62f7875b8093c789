"""The hash tree's full tiles and the log's signed heads: only ever added to; PostgreSQL sees to it."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER {table}_keeps_all BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keeps_rows, ENABLE ALWAYS TRIGGER {table}_keeps_all;
"""
UNGUARD = "DROP TRIGGER {table}_keeps_rows ON {table}; DROP TRIGGER {table}_keeps_all ON {table};"


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_ledger_and_its_copies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hashes', models.BinaryField(max_length=8192)),
                ('root', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'claims_tile',
            },
        ),
        migrations.AddField(
            model_name='verification',
            name='position',
            field=models.BigIntegerField(null=True, verbose_name='first wrong position'),
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'claims_checkpoint',
                'indexes': [models.Index(fields=['size', 'id'], name='checkpoint_by_size')],
            },
        ),
        *[migrations.RunSQL(GUARD.format(table=table), UNGUARD.format(table=table)) for table in ('claims_tile', 'claims_checkpoint')],
    ]
