"""An upgrade finds documents by the words of titles that were kept before it."""

from django.core.management import call_command
from django.db import connection

from sources.models import Document
from sources.text.folding import folded_words

KEPT = """
INSERT INTO sources_document (id, identity, url, title, authors, language, created_at)
VALUES (gen_random_uuid(), 'one', '', 'Summit in Basra', '{}', 'en', now())
"""


def test_titles_that_were_kept_before_are_found_after_an_upgrade(committed_db):
    call_command("migrate", "sources", "0008", verbosity=0)
    try:
        with connection.cursor() as cursor:
            cursor.execute(KEPT)
    finally:
        call_command("migrate", verbosity=0)
    assert Document.objects.get(words__contains=folded_words("basra SUMMIT")).title == "Summit in Basra"
