"""Claims are found by the words of their source as well: to index anew those that have one is owed, and done by the workers."""

from django.db import migrations

# The rows of an upgrade before this one are done, and would stand in the way.
OWE = """
DELETE FROM sources_work WHERE kind = 'index';
INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at)
    SELECT 'index', 'index:00000000-0000-0000-0000-000000000000', now(), 0, '', now() WHERE EXISTS (SELECT FROM claims_claim);
"""
OWE_NOTHING = "DELETE FROM sources_work WHERE kind = 'index';"


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0031_list_claims_by_their_days'),
        ('sources', '0008_turns_of_pages'),
    ]

    operations = [migrations.RunSQL(OWE, OWE_NOTHING)]
