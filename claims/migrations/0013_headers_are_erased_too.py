"""How a page came from the web can hold what must be forgotten, as its bytes can."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION claims_keep_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.raw IS NULL%s AND (to_jsonb(NEW) - 'raw'%s) = (to_jsonb(OLD) - 'raw'%s)
        AND current_setting('isnad.erasing', true) = 'on' AND EXISTS (
            SELECT FROM claims_event e WHERE e.type = 'Erased' AND e.body::jsonb -> 'texts' ? encode(OLD.content_id, 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%% is only ever added to: %% is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
WITH_HEADERS = KEEP % (" AND NEW.fetched IS NULL", " - 'fetched'", " - 'fetched'")
BYTES_ALONE = KEEP % ("", "", "")


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0012_reasons_are_erased_too'),
        ('sources', '0003_pages_as_fetched'),
    ]

    operations = [
        migrations.RunSQL(WITH_HEADERS, BYTES_ALONE),
    ]
