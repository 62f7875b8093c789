"""A claim may be a denial; what is nearly the same is told by what it denies, and the words of claims kept before are put in order anew."""

from django.db import migrations, models

# `before` says how many words stand before those by which nearly the same is found. What is there already is searched as it was, until
# its turn comes: the workers take claim after claim, so that an upgrade waits for nothing.
WORDS = """
ALTER TABLE claims_match_text ADD COLUMN before smallint NOT NULL DEFAULT 0;
INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at)
    SELECT 'index', 'index:00000000-0000-0000-0000-000000000000', now(), 0, '', now() WHERE EXISTS (SELECT FROM claims_claim)
    ON CONFLICT (key) DO NOTHING;
"""
ALL_WORDS = """
DELETE FROM sources_work WHERE kind = 'index';
ALTER TABLE claims_match_text DROP COLUMN before;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0027_names_stay_whose_they_are'),
        ('sources', '0008_turns_of_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='denial',
            field=models.BooleanField(default=False, verbose_name='denial'),
        ),
        migrations.RunSQL(WORDS, ALL_WORDS),
    ]
