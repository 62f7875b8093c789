"""A revision's reason, which somebody typed, can hold what must be forgotten, as its data can."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION claims_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'data'%s) = (to_jsonb(OLD) - 'data'%s)%s
        AND claims_erased('revisions', OLD.subject_id || '/' || OLD.number, encode(sha256(convert_to(NEW.data, 'UTF8')), 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%% is only ever added to: %% is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
REASON = " - 'reason'"


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_newest_for_feeds'),
    ]

    operations = [
        migrations.RunSQL(KEEP % (REASON, REASON, " AND char_length(NEW.reason) = char_length(OLD.reason)"), KEEP % ("", "", "")),
    ]
