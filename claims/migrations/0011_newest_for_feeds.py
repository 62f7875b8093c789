"""Indexes for what readers subscribe to: the newest published claims, and corrections."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_near_duplicates'),
        ('sources', '0001_sources'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['-published_at', '-id'], name='claim_published'),
        ),
        migrations.AddIndex(
            model_name='eventrecord',
            index=models.Index(condition=models.Q(('type', 'CorrectionIssued')), fields=['-number'], name='event_corrections'),
        ),
    ]
