"""User names are reserved: those of accounts, and those in the log. How much of the log came from elsewhere is kept."""

import unicodedata

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER claims_loaded_keeps_rows BEFORE UPDATE OR DELETE ON claims_loaded
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER claims_loaded_keeps_all BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_loaded
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE claims_loaded ENABLE ALWAYS TRIGGER claims_loaded_keeps_rows, ENABLE ALWAYS TRIGGER claims_loaded_keeps_all;
"""
UNGUARD = "DROP TRIGGER claims_loaded_keeps_rows ON claims_loaded; DROP TRIGGER claims_loaded_keeps_all ON claims_loaded;"

# What has its place in the log from before this install had tables can only have come from another one.
LOADED = """
INSERT INTO claims_loaded (through, at)
SELECT max(position), now() FROM claims_position
WHERE sealed_at < (SELECT min(applied) FROM django_migrations WHERE app = 'claims')
HAVING max(position) IS NOT NULL
"""


def key_of(name):
    folded = unicodedata.normalize('NFD', name).casefold()
    return unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', folded).casefold())


def reserve(apps, schema_editor):
    """Accounts keep their names (of two that are one name as compared, the older account), the log all others."""
    accounts = {}
    for pk, name in apps.get_model('auth', 'User').objects.order_by('pk').values_list('pk', 'username'):
        accounts.setdefault(key_of(name), pk)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(max(position), -1) FROM claims_position')
        [through] = cursor.fetchone()
        cursor.execute('SELECT DISTINCT actor FROM claims_event')
        names = {key_of(actor) for (actor,) in cursor.fetchall()} | set(accounts) | {'isnad'}
    reserved = apps.get_model('claims', 'AccountName')
    reserved.objects.bulk_create([reserved(key=key, account=accounts.get(key), through=through) for key in sorted(names)], batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0026_webhooks_have_owners'),
        ('auth', '0012_alter_user_first_name_max_length'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountName',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('account', models.BigIntegerField(db_index=True, null=True)),
                ('through', models.BigIntegerField(default=-1)),
            ],
        ),
        migrations.CreateModel(
            name='Loaded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('through', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(LOADED, migrations.RunSQL.noop),
        migrations.RunPython(reserve, migrations.RunPython.noop),
    ]
