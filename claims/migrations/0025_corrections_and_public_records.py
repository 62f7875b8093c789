"""Corrections of what was judged, and what readers are shown of a claim: copies like the others, that only the ledger writes."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


FENCE = """
CREATE TRIGGER {table}_fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_strangers();
"""
UNFENCE = "DROP TRIGGER {table}_fence ON {table};"
COPIES = ["claims_correction", "claims_publicrecord"]


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0024_flags_lock_no_claims'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField()),
                ('changes', models.JSONField(default=dict)),
                ('withdrawn', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=36), default=list, size=None)),
                ('registers', models.BooleanField(default=False)),
                ('reason', models.TextField(verbose_name='reason')),
                ('subject', models.CharField(blank=True, max_length=36)),
                ('status', models.CharField(choices=[('open', 'waits for approval'), ('issued', 'approved'), ('returned', 'sent back')], max_length=10, verbose_name='status')),
                ('proposer', models.CharField(max_length=150, verbose_name='proposed by')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                ('decided_by', models.CharField(blank=True, max_length=150, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('returned_because', models.TextField(blank=True, verbose_name='returned because')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['ordinal'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicRecord',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('record', models.JSONField()),
                ('kind', models.CharField(choices=[('prediction', 'prediction'), ('commitment', 'commitment'), ('quantity', 'quantity'), ('event', 'event'), ('assessment', 'assessment'), ('position', 'position')], max_length=12, null=True, verbose_name='kind')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('rating', models.CharField(blank=True, choices=[('true', 'true'), ('mostly_true', 'mostly true'), ('mixed', 'mixed'), ('mostly_false', 'mostly false'), ('false', 'false'), ('unproven', 'unproven'), ('not_checkable', 'not checkable'), ('came_true', 'came true'), ('partly', 'partly came true'), ('did_not', 'did not come true'), ('void', 'void'), ('kept', 'kept'), ('partly_kept', 'partly kept'), ('broken', 'broken'), ('in_progress', 'in progress'), ('stalled', 'stalled')], max_length=20, verbose_name='verdict')),
                ('speaker', models.UUIDField(null=True)),
                ('said_first', models.DateField(null=True)),
                ('said_last', models.DateField(null=True)),
                ('due_first', models.DateField(null=True)),
                ('due_last', models.DateField(null=True)),
                ('first_issued_at', models.DateTimeField(verbose_name='published')),
                ('issued_at', models.DateTimeField(verbose_name='issued')),
                ('corrected_at', models.DateTimeField(null=True, verbose_name='corrected')),
                ('under_review', models.BooleanField(default=False, verbose_name='under review')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                ('withdrawn_cause', models.CharField(blank=True, max_length=20)),
                ('into', models.CharField(blank=True, max_length=36)),
            ],
            options={
                'verbose_name': 'public record',
                'verbose_name_plural': 'public records',
            },
        ),
        migrations.AddField(
            model_name='verdict',
            name='known_since',
            field=models.DateField(null=True, verbose_name='known since'),
        ),
        migrations.AddIndex(
            model_name='eventrecord',
            index=models.Index(condition=models.Q(('type', 'PublicRecordIssued'), ('version__gt', 1)), fields=['-number'], name='event_later_records'),
        ),
        migrations.AddField(
            model_name='correction',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='publicrecord',
            name='claim',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='public_record', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['proposed_at', 'id'], name='correction_open'),
        ),
        migrations.AddIndex(
            model_name='publicrecord',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['-first_issued_at', '-id'], name='record_newest'),
        ),
        migrations.AddIndex(
            model_name='publicrecord',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['due_last', 'id'], name='record_due'),
        ),
        migrations.AddIndex(
            model_name='publicrecord',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['speaker', '-first_issued_at', '-id'], name='record_by_speaker'),
        ),
        *[migrations.RunSQL(FENCE.format(table=table), UNFENCE.format(table=table)) for table in COPIES],
    ]
