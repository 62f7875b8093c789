"""Which pages and feeds are watched, and how their sites are asked."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0004_answers_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='Host',
            fields=[
                ('name', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('free_at', models.DateTimeField()),
                ('queue_at', models.DateTimeField()),
                ('lease', models.UUIDField(null=True)),
                ('busy_until', models.DateTimeField(null=True)),
                ('pause', models.FloatField(default=0)),
                ('robots', models.TextField(blank=True)),
                ('robots_at', models.DateTimeField(null=True)),
                ('robots_failing_since', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'site',
                'verbose_name_plural': 'sites',
            },
        ),
        migrations.CreateModel(
            name='OutletWatch',
            fields=[
                ('attention', models.CharField(choices=[('on', 'watched'), ('paused', 'paused'), ('stopped', 'no longer watched')], default='on', max_length=10, verbose_name='attention')),
                ('off_until', models.DateField(blank=True, null=True, verbose_name='paused until')),
                ('set_by', models.CharField(blank=True, editable=False, max_length=150, verbose_name='set by')),
                ('set_at', models.DateTimeField(editable=False, null=True, verbose_name='set')),
                ('outlet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='watch', serialize=False, to='sources.outlet', verbose_name='outlet')),
            ],
            options={
                'verbose_name': 'watched outlet',
                'verbose_name_plural': 'watched outlets',
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attention', models.CharField(choices=[('on', 'watched'), ('paused', 'paused'), ('stopped', 'no longer watched')], default='on', max_length=10, verbose_name='attention')),
                ('off_until', models.DateField(blank=True, null=True, verbose_name='paused until')),
                ('set_by', models.CharField(blank=True, editable=False, max_length=150, verbose_name='set by')),
                ('set_at', models.DateTimeField(editable=False, null=True, verbose_name='set')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='last checked')),
                ('next_at', models.DateTimeField(editable=False, null=True, verbose_name='next check')),
                ('outcome', models.CharField(blank=True, editable=False, max_length=20, verbose_name='outcome')),
                ('status', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='HTTP status')),
                ('detail', models.CharField(blank=True, editable=False, max_length=500)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='failures in a row')),
                ('failing_since', models.DateTimeField(editable=False, null=True, verbose_name='failing since')),
                ('gone_since', models.DateTimeField(editable=False, null=True, verbose_name='gone since')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='last change')),
                ('pace', models.PositiveIntegerField(default=0, editable=False)),
                ('known_url', models.CharField(blank=True, editable=False, max_length=2000)),
                ('etag', models.CharField(blank=True, editable=False, max_length=1000)),
                ('modified', models.CharField(blank=True, editable=False, max_length=1000)),
                ('url', models.URLField(max_length=2000, unique=True, verbose_name='address')),
                ('every', models.PositiveIntegerField(default=30, verbose_name='minutes between two looks')),
                ('pages', models.BooleanField(default=True, help_text="Each new entry's page is fetched; else the text that the feed carries is taken.", verbose_name='fetch the pages')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('outlet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='sources.outlet', verbose_name='outlet')),
            ],
            options={
                'verbose_name': 'feed',
                'verbose_name_plural': 'feeds',
            },
        ),
        migrations.CreateModel(
            name='FeedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(max_length=32)),
                ('told', models.JSONField(null=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='sources.feed')),
            ],
            options={
                'verbose_name': 'feed entry',
                'verbose_name_plural': 'feed entries',
                'constraints': [models.UniqueConstraint(fields=('feed', 'key'), name='feed_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('attention', models.CharField(choices=[('on', 'watched'), ('paused', 'paused'), ('stopped', 'no longer watched')], default='on', max_length=10, verbose_name='attention')),
                ('off_until', models.DateField(blank=True, null=True, verbose_name='paused until')),
                ('set_by', models.CharField(blank=True, editable=False, max_length=150, verbose_name='set by')),
                ('set_at', models.DateTimeField(editable=False, null=True, verbose_name='set')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='last checked')),
                ('next_at', models.DateTimeField(editable=False, null=True, verbose_name='next check')),
                ('outcome', models.CharField(blank=True, editable=False, max_length=20, verbose_name='outcome')),
                ('status', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='HTTP status')),
                ('detail', models.CharField(blank=True, editable=False, max_length=500)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='failures in a row')),
                ('failing_since', models.DateTimeField(editable=False, null=True, verbose_name='failing since')),
                ('gone_since', models.DateTimeField(editable=False, null=True, verbose_name='gone since')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='last change')),
                ('pace', models.PositiveIntegerField(default=0, editable=False)),
                ('known_url', models.CharField(blank=True, editable=False, max_length=2000)),
                ('etag', models.CharField(blank=True, editable=False, max_length=1000)),
                ('modified', models.CharField(blank=True, editable=False, max_length=1000)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='watch', serialize=False, to='sources.document', verbose_name='document')),
                ('seen_at', models.DateTimeField(editable=False, null=True, verbose_name='last seen')),
                ('snapshot', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='shows')),
            ],
            options={
                'verbose_name': 'watched page',
                'verbose_name_plural': 'watched pages',
                'indexes': [models.Index(condition=models.Q(('gone_since__isnull', False)), fields=['gone_since'], name='watch_gone'), models.Index(condition=models.Q(('failing_since__isnull', False)), fields=['failing_since'], name='watch_failing')],
            },
        ),
    ]
