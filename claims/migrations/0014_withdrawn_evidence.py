"""Evidence can be withdrawn, and a verdict's row says what it rests on: both are what `support-lost` asks."""

import django.contrib.postgres.fields
from django.db import migrations, models

# What verdicts rested on stood in their events only.
_FILL = """
SELECT set_config('isnad.writing', 'on', true);
UPDATE claims_verdict v SET evidence = told.evidence
FROM (
    SELECT body::jsonb ->> 'verdict' AS key, ARRAY(SELECT jsonb_array_elements_text(body::jsonb -> 'evidence')) AS evidence
    FROM claims_event WHERE type = 'VerdictProposed'
) AS told
WHERE told.key = v.key::text AND told.evidence <> '{}';
SELECT set_config('isnad.writing', 'off', true);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_headers_are_erased_too'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='withdrawn_at',
            field=models.DateTimeField(null=True, verbose_name='withdrawn'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='withdrawn_because',
            field=models.TextField(blank=True, default='', verbose_name='withdrawn because'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='withdrawn_by',
            field=models.CharField(blank=True, default='', max_length=150, verbose_name='withdrawn by'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='evidence',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=36), default=list, size=None),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
