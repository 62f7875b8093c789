"""The guards let through what an erasure names, and nothing else: PostgreSQL compares the digests itself."""

from django.db import migrations, models

# `isnad.erasing` is no permission: it only spares a careless UPDATE. The permission is the event, which was appended before.
ERASABLE = """
CREATE FUNCTION claims_erased(map text, what text, now_reads text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT current_setting('isnad.erasing', true) = 'on' AND EXISTS (
        SELECT FROM claims_event e WHERE e.type = 'Erased' AND e.body::jsonb -> map ->> what = now_reads)
$$;
CREATE FUNCTION claims_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'body' - 'salt') = (to_jsonb(OLD) - 'body' - 'salt')
        AND claims_erased('bodies', OLD.id::text, encode(sha256(NEW.salt || convert_to(NEW.body, 'UTF8')), 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION claims_keep_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('isnad.erasing', true) = 'on' AND NEW.fingerprint = ''::bytea
        AND (to_jsonb(NEW) - 'fingerprint') = (to_jsonb(OLD) - 'fingerprint') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION claims_keep_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.digest = OLD.digest AND char_length(NEW.text) = char_length(OLD.text)
        AND claims_erased('texts', encode(OLD.digest, 'hex'), encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION claims_keep_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.raw IS NULL AND (to_jsonb(NEW) - 'raw') = (to_jsonb(OLD) - 'raw')
        AND current_setting('isnad.erasing', true) = 'on' AND EXISTS (
            SELECT FROM claims_event e WHERE e.type = 'Erased' AND e.body::jsonb -> 'texts' ? encode(OLD.content_id, 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION claims_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'data') = (to_jsonb(OLD) - 'data')
        AND claims_erased('revisions', OLD.subject_id || '/' || OLD.number, encode(sha256(convert_to(NEW.data, 'UTF8')), 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
FORGET = """
DROP FUNCTION claims_keep_revision(); DROP FUNCTION claims_keep_snapshot(); DROP FUNCTION claims_keep_text();
DROP FUNCTION claims_keep_action(); DROP FUNCTION claims_keep_event(); DROP FUNCTION claims_erased(text, text, text);
"""
KEEPERS = {
    "claims_event": "claims_keep_event",
    "claims_action": "claims_keep_action",
    "sources_content": "claims_keep_text",
    "sources_snapshot": "claims_keep_snapshot",
    "sources_revision": "claims_keep_revision",
}
# Each row is looked at by its keeper; as a whole a table is still never emptied, nor are rows of it taken out.
GUARD = """
DROP TRIGGER {table}_keeps_rows ON {table};
DROP TRIGGER {table}_keeps_all ON {table};
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {table}_keeps_all BEFORE {whole} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {refuse}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keeps_rows, ENABLE ALWAYS TRIGGER {table}_keeps_all;
"""


def guarded(table, function):
    ours = table.startswith("claims")
    refuse = "claims_refuse_change" if ours else "sources_refuse_change"
    return migrations.RunSQL(
        GUARD.format(table=table, function=function, refuse=refuse, whole="DELETE OR TRUNCATE" if ours else "TRUNCATE"),
        GUARD.format(table=table, function=refuse, refuse=refuse, whole="UPDATE OR DELETE OR TRUNCATE" if ours else "TRUNCATE"),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0002_tree_and_checkpoints'),
    ]

    operations = [
        # what an erasure is looked up by
        migrations.AddIndex(
            model_name='eventrecord',
            index=models.Index(fields=['number'], name='event_erasures', condition=models.Q(type='Erased')),
        ),
        migrations.RunSQL(ERASABLE, FORGET),
        *[guarded(table, function) for table, function in KEEPERS.items()],
    ]
