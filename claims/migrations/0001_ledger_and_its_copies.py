"""The ledger and its copies: PostgreSQL refuses to change the log, and to write the copies outside the ledger."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# ENABLE ALWAYS: they fire in a replica's session too (session_replication_role), so no setting of a session passes them by.
REFUSE = """
CREATE FUNCTION claims_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION claims_refuse_strangers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('isnad.writing', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION '% is a copy that only the ledger writes: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
FORGET = "DROP FUNCTION claims_refuse_change(); DROP FUNCTION claims_refuse_strangers();"
GUARD = """
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER {table}_keeps_all BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keeps_rows, ENABLE ALWAYS TRIGGER {table}_keeps_all;
"""
UNGUARD = "DROP TRIGGER {table}_keeps_rows ON {table}; DROP TRIGGER {table}_keeps_all ON {table};"
FENCE = """
CREATE TRIGGER {table}_fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_strangers();
"""
UNFENCE = "DROP TRIGGER {table}_fence ON {table};"
LOG = ["claims_event", "claims_position", "claims_action"]
COPIES = ["claims_claim", "claims_quantity", "claims_attribution", "claims_evidence", "claims_verdict", "claims_flag"]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sources', '0001_sources'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('stream', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'claims_action',
            },
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'claims_pending',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('accepted', 'accepted'), ('in_review', 'in review'), ('judged', 'judged'), ('published', 'published'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('duplicate', 'duplicate')], max_length=12, verbose_name='status')),
                ('statement', models.TextField(verbose_name='statement')),
                ('kind', models.CharField(choices=[('prediction', 'prediction'), ('commitment', 'commitment'), ('quantity', 'quantity'), ('event', 'event'), ('assessment', 'assessment'), ('position', 'position')], max_length=12, verbose_name='kind')),
                ('quote', models.TextField(null=True, verbose_name='quote')),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('prefix', models.TextField(null=True)),
                ('suffix', models.TextField(null=True)),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('speaker_type', models.CharField(choices=[('person', 'person'), ('organisation', 'organisation'), ('unnamed_role', 'unnamed, by role'), ('unnamed_group', 'unnamed group'), ('narrator', 'the article itself'), ('unattributed_passive', 'nobody (passive)')], max_length=20, verbose_name='speaker type')),
                ('speaker_name', models.CharField(blank=True, max_length=300, verbose_name='speaker, as read')),
                ('speaker_title', models.CharField(blank=True, max_length=300, verbose_name='title, as read')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='source')),
                ('said_on', models.JSONField(null=True, verbose_name='date')),
                ('said_first', models.DateField(null=True)),
                ('said_last', models.DateField(null=True)),
                ('scope', models.JSONField(null=True, verbose_name='about when')),
                ('due', models.JSONField(null=True, verbose_name='due')),
                ('due_first', models.DateField(null=True)),
                ('due_last', models.DateField(null=True, verbose_name='due until')),
                ('polarity', models.CharField(choices=[('affirmed', 'affirmed'), ('negated', 'negated')], max_length=8, verbose_name='polarity')),
                ('superlative', models.BooleanField(default=False, verbose_name='superlative')),
                ('check_worthiness', models.DecimalField(decimal_places=2, max_digits=3, null=True, verbose_name='check-worthiness')),
                ('why', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None)),
                ('criteria', models.TextField(blank=True, verbose_name='how it will be settled')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None, verbose_name='tags')),
                ('notes', models.TextField(blank=True, verbose_name='notes')),
                ('reader', models.CharField(blank=True, max_length=20)),
                ('assignee', models.CharField(blank=True, max_length=150, verbose_name='assignee')),
                ('rating', models.CharField(blank=True, choices=[('true', 'true'), ('mostly_true', 'mostly true'), ('mixed', 'mixed'), ('mostly_false', 'mostly false'), ('false', 'false'), ('unproven', 'unproven'), ('not_checkable', 'not checkable'), ('came_true', 'came true'), ('partly', 'partly came true'), ('did_not', 'did not come true'), ('void', 'void'), ('kept', 'kept'), ('partly_kept', 'partly kept'), ('broken', 'broken'), ('in_progress', 'in progress'), ('stalled', 'stalled')], max_length=20, verbose_name='verdict')),
                ('merged_into', models.UUIDField(null=True)),
                ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published')),
                ('corrected_at', models.DateTimeField(null=True, verbose_name='corrected')),
                ('document', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.document', verbose_name='document')),
                ('snapshot', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.snapshot', verbose_name='snapshot')),
                ('speaker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.speaker', verbose_name='speaker')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
            },
        ),
        migrations.CreateModel(
            name='Attribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('agent', models.CharField(max_length=300, verbose_name='agent')),
                ('role', models.CharField(max_length=20, verbose_name='role')),
                ('cue', models.CharField(blank=True, max_length=200, verbose_name='cue')),
                ('mode', models.CharField(choices=[('direct', 'quoted'), ('mixed', 'partly quoted'), ('indirect', 'reported'), ('narrator', "the article's own voice")], max_length=10, verbose_name='mode')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='claims.claim')),
            ],
            options={
                'ordering': ['ordinal'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EventRecord',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('stream', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
                ('type', models.CharField(max_length=40)),
                ('schema', models.PositiveSmallIntegerField()),
                ('actor', models.CharField(max_length=150)),
                ('context', models.UUIDField()),
                ('recorded_at', models.DateTimeField()),
                ('entry', models.TextField()),
                ('body', models.TextField()),
                ('salt', models.BinaryField(max_length=16)),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'db_table': 'claims_event',
                'constraints': [models.UniqueConstraint(fields=('stream', 'version'), name='event_once_per_version')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField()),
                ('stance', models.CharField(choices=[('supports', 'supports'), ('refutes', 'refutes'), ('context', 'context')], max_length=10, verbose_name='stance')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('url', models.URLField(blank=True, max_length=2000, verbose_name='address')),
                ('archived', models.URLField(blank=True, max_length=2000, verbose_name='archived copy')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='claims.claim')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.snapshot')),
            ],
            options={
                'ordering': ['ordinal'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('rule', models.CharField(max_length=40, verbose_name='rule')),
                ('key', models.CharField(max_length=200, verbose_name='about')),
                ('code', models.CharField(max_length=40)),
                ('parameters', models.JSONField(default=dict)),
                ('severity', models.CharField(choices=[('info', 'info'), ('warning', 'warning'), ('high', 'high')], max_length=8, verbose_name='severity')),
                ('urgency', models.PositiveSmallIntegerField(editable=False)),
                ('raised_at', models.DateTimeField(verbose_name='raised')),
                ('due_on', models.DateField(null=True, verbose_name='due')),
                ('state', models.CharField(choices=[('open', 'open'), ('snoozed', 'snoozed'), ('resolved', 'resolved'), ('dismissed', 'dismissed'), ('cleared', 'cleared by itself')], max_length=10, verbose_name='state')),
                ('until', models.DateField(null=True, verbose_name='snoozed until')),
                ('assignee', models.CharField(blank=True, max_length=150, verbose_name='assignee')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('by', models.CharField(blank=True, max_length=150, verbose_name='by')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='claims.claim', verbose_name='claim')),
            ],
            options={
                'verbose_name': 'flag',
                'verbose_name_plural': 'flags',
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('sealed_at', models.DateTimeField(unique=True)),
                ('leaf', models.BinaryField(max_length=32)),
                ('event', models.OneToOneField(db_column='number', on_delete=django.db.models.deletion.PROTECT, related_name='sealed', to='claims.eventrecord')),
            ],
            options={
                'db_table': 'claims_position',
            },
        ),
        migrations.CreateModel(
            name='Quantity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=500, verbose_name='as read')),
                ('value', models.DecimalField(decimal_places=10, max_digits=40, verbose_name='value')),
                ('value_max', models.DecimalField(decimal_places=10, max_digits=40, null=True, verbose_name='to')),
                ('unit', models.CharField(blank=True, max_length=200, verbose_name='unit')),
                ('comparator', models.CharField(choices=[('exactly', 'exactly'), ('about', 'about'), ('nearly', 'nearly'), ('more_than', 'more than'), ('less_than', 'less than'), ('at_least', 'at least'), ('at_most', 'at most'), ('up_to', 'up to'), ('between', 'between')], max_length=10, verbose_name='comparator')),
                ('role', models.CharField(max_length=10, verbose_name='role')),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quantities', to='claims.claim')),
            ],
            options={
                'ordering': ['ordinal'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField()),
                ('scheme', models.CharField(choices=[('veracity/1', 'veracity'), ('forecast/1', 'forecast'), ('commitment/1', 'commitment')], max_length=20, verbose_name='scheme')),
                ('rating', models.CharField(choices=[('true', 'true'), ('mostly_true', 'mostly true'), ('mixed', 'mixed'), ('mostly_false', 'mostly false'), ('false', 'false'), ('unproven', 'unproven'), ('not_checkable', 'not checkable'), ('came_true', 'came true'), ('partly', 'partly came true'), ('did_not', 'did not come true'), ('void', 'void'), ('kept', 'kept'), ('partly_kept', 'partly kept'), ('broken', 'broken'), ('in_progress', 'in progress'), ('stalled', 'stalled')], max_length=20, verbose_name='rating')),
                ('rationale', models.TextField(verbose_name='rationale')),
                ('proposer', models.CharField(max_length=150, verbose_name='proposed by')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                ('approver', models.CharField(blank=True, max_length=150, verbose_name='approved by')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='approved')),
                ('superseded_at', models.DateTimeField(null=True, verbose_name='superseded')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='returned')),
                ('returned_because', models.TextField(blank=True, verbose_name='returned because')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='claims.claim')),
            ],
            options={
                'verbose_name': 'verdict',
                'verbose_name_plural': 'verdicts',
                'ordering': ['ordinal'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('finished_at', models.DateTimeField(verbose_name='finished')),
                ('whole', models.BooleanField(verbose_name='whole')),
                ('through', models.BigIntegerField(verbose_name='through position')),
                ('ok', models.BooleanField(verbose_name='sound')),
                ('fault', models.TextField(blank=True, verbose_name='first fault')),
            ],
            options={
                'verbose_name': 'verification',
                'verbose_name_plural': 'verifications',
                'indexes': [models.Index(fields=['-finished_at'], name='verification_newest')],
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['status', '-id'], name='claim_queue'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['speaker', '-id'], name='claim_by_speaker'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['document', 'start'], name='claim_in_document'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['kind', '-id'], name='claim_by_kind'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('status__in', ('proposed', 'accepted', 'in_review'))), fields=['due_last', 'id'], name='claim_due'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('status__in', ('proposed', 'accepted', 'in_review'))), fields=['changed_at', 'id'], name='claim_stale'),
        ),
        migrations.AddIndex(
            model_name='flag',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['urgency', 'raised_at', 'id'], name='flag_work_list'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(fields=('claim', 'rule', 'key'), name='flag_once_per_claim_rule_key'),
        ),
        migrations.RunSQL(REFUSE, FORGET),
        *[migrations.RunSQL(GUARD.format(table=table), UNGUARD.format(table=table)) for table in LOG],
        *[migrations.RunSQL(FENCE.format(table=table), UNFENCE.format(table=table)) for table in COPIES],
    ]
