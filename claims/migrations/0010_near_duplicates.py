"""The words of claims, by which nearly the same one is found. Plain tables: they are asked in SQL alone."""

from django.db import migrations

# The words' rows by claim are read from the index alone, so that a frequent word costs few pages.
TABLES = """
CREATE TABLE claims_match_term (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    word text COLLATE "C" NOT NULL CONSTRAINT match_term_once UNIQUE,
    claims integer NOT NULL CONSTRAINT match_term_in_use CHECK (claims >= 0)
) WITH (fillfactor = 70);
CREATE TABLE claims_match_text (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    claim uuid NOT NULL CONSTRAINT match_text_once UNIQUE,
    plain text NOT NULL,
    terms integer[] NOT NULL,
    weights real[] NOT NULL
);
CREATE TABLE claims_match_posting (
    term integer NOT NULL,
    text integer NOT NULL,
    weight real NOT NULL,
    PRIMARY KEY (term, text) INCLUDE (weight)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0009_which_rules_failed'),
    ]

    operations = [
        migrations.RunSQL(TABLES, "DROP TABLE claims_match_posting, claims_match_text, claims_match_term"),
    ]
