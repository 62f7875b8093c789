"""The words of every claim in their order, closed ones too: for searching. Only those that stand have postings, by which nearly the same is found."""

from django.db import migrations

# The consumer takes the whole feed again and so fills the tables. The index over the stems is changed row by row: a list of what is yet
# to be put in order would be read through by every search.
IN_ORDER = """
TRUNCATE claims_match_term, claims_match_text, claims_match_posting RESTART IDENTITY;
ALTER TABLE claims_match_text DROP COLUMN weights, ADD COLUMN standing boolean NOT NULL;
CREATE INDEX match_text_words ON claims_match_text USING gin (terms) WITH (fastupdate = off);
UPDATE claims_subscription SET position = -1 WHERE name = 'matching';
"""
WEIGHED = """
TRUNCATE claims_match_term, claims_match_text, claims_match_posting RESTART IDENTITY;
DROP INDEX match_text_words;
ALTER TABLE claims_match_text ADD COLUMN weights real[] NOT NULL, DROP COLUMN standing;
UPDATE claims_subscription SET position = -1 WHERE name = 'matching';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_links_of_claims'),
    ]

    operations = [
        migrations.RunSQL(IN_ORDER, WEIGHED),
    ]
