"""A client may have made the key of an action of a name; and nobody writes on from what was read before an erasure."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION claims_keep_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('isnad.erasing', true) = 'on' AND %s
        AND (to_jsonb(NEW) - 'fingerprint'%s) = (to_jsonb(OLD) - 'fingerprint'%s) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%% is only ever added to: %% is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
WITH_KEYS = KEEP % ("(NEW.fingerprint = ''::bytea OR NEW.key LIKE '\u2588 %%')", " - 'key'", " - 'key'")
FINGERPRINTS_ALONE = KEEP % ("NEW.fingerprint = ''::bytea", "", "")

# The program takes it for what it is: another append came first.
REFUSE = """
CREATE FUNCTION claims_refuse_stale() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'words were erased since this was read' USING ERRCODE = 'unique_violation';
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0022_rules_follow_like_others'),
    ]

    operations = [
        migrations.RunSQL(WITH_KEYS, FINGERPRINTS_ALONE),
        migrations.RunSQL(REFUSE, "DROP FUNCTION claims_refuse_stale();"),
    ]
