"""The tables of sources; texts, snapshots and revisions can only ever be added to, PostgreSQL sees to it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import sources.models
from django.conf import settings
from django.db import migrations, models

# ENABLE ALWAYS: they fire in a replica's session too (session_replication_role), so no setting of a session passes them by.
REFUSE = """
CREATE FUNCTION sources_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
FORGET = "DROP FUNCTION sources_refuse_change();"
GUARD = """
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION sources_refuse_change();
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keeps_rows, ENABLE ALWAYS TRIGGER {table}_keeps_all;
"""
UNGUARD = """
DROP TRIGGER {table}_keeps_rows ON {table};
DROP TRIGGER {table}_keeps_all ON {table};
"""
KEPT = ["sources_content", "sources_snapshot", "sources_revision"]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('digest', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('text', models.TextField()),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'API token',
                'verbose_name_plural': 'API tokens',
            },
        ),
        migrations.CreateModel(
            name='Outlet',
            fields=[
                ('id', models.UUIDField(default=sources.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('wikidata', models.CharField(blank=True, max_length=20, verbose_name='Wikidata id')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('homepage', models.URLField(blank=True, max_length=500, verbose_name='homepage')),
                ('folded', models.CharField(editable=False, max_length=300)),
            ],
            options={
                'verbose_name': 'outlet',
                'verbose_name_plural': 'outlets',
                'constraints': [models.UniqueConstraint(fields=('folded',), name='outlet_once_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=sources.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('identity', models.CharField(editable=False, max_length=64, unique=True)),
                ('url', models.URLField(blank=True, max_length=2000, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=1000, verbose_name='title')),
                ('authors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='authors')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('published', models.JSONField(blank=True, null=True, verbose_name='published')),
                ('published_first', models.DateField(editable=False, null=True)),
                ('published_last', models.DateField(editable=False, null=True)),
                ('published_offered', models.JSONField(blank=True, null=True, verbose_name='publication date, guessed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='captured')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.outlet', verbose_name='outlet')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.CharField(choices=[('outlet', 'outlet'), ('speaker', 'speaker'), ('document', 'document')], max_length=10)),
                ('subject_id', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('data', models.TextField()),
                ('digest', models.BinaryField(max_length=32)),
                ('by', models.CharField(max_length=150)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'constraints': [models.UniqueConstraint(fields=('subject_id', 'number'), name='revision_once_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=sources.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('captured_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='captured')),
                ('captured_by', models.CharField(blank=True, max_length=150, verbose_name='captured by')),
                ('media_type', models.CharField(default='text/plain', max_length=100, verbose_name='media type')),
                ('raw', models.BinaryField(null=True)),
                ('raw_digest', models.BinaryField(max_length=32, null=True)),
                ('extractor', models.CharField(blank=True, editable=False, max_length=100)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='sources.content')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='sources.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.UUIDField(default=sources.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('wikidata', models.CharField(blank=True, max_length=20, verbose_name='Wikidata id')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('type', models.CharField(choices=[('person', 'person'), ('organisation', 'organisation')], max_length=20, verbose_name='type')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.speaker', verbose_name='merged into')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
            },
        ),
        migrations.CreateModel(
            name='SpeakerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('folded', models.CharField(db_index=True, editable=False, max_length=300)),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='sources.speaker')),
            ],
            options={
                'verbose_name': 'spelling',
                'verbose_name_plural': 'spellings',
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='key')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due')),
                ('leased_until', models.DateTimeField(null=True, verbose_name='leased until')),
                ('lease', models.UUIDField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('gave_up_at', models.DateTimeField(null=True, verbose_name='given up')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='owed since')),
            ],
            options={
                'verbose_name': 'work owed',
                'verbose_name_plural': 'work owed',
                'indexes': [models.Index(condition=models.Q(('done_at', None), ('gave_up_at', None)), fields=['kind', 'due_at'], name='work_owed'), models.Index(condition=models.Q(('gave_up_at__isnull', False)), fields=['-gave_up_at'], name='work_given_up')],
            },
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['-created_at', '-id'], name='document_newest'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['document', '-captured_at'], name='snapshot_newest_of_document'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('document', 'content'), name='snapshot_once_per_text'),
        ),
        migrations.AddConstraint(
            model_name='speakername',
            constraint=models.UniqueConstraint(fields=('speaker', 'folded'), name='spelling_once_per_speaker'),
        ),
        migrations.RunSQL(REFUSE, FORGET),
        *[migrations.RunSQL(GUARD.format(table=table), UNGUARD.format(table=table)) for table in KEPT],
    ]
