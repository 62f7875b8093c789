"""How far the rules have come in the feed is kept where every follower of it keeps that."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0021_shorter_names_of_judgements'),
    ]

    operations = [
        migrations.RunSQL(
            "INSERT INTO claims_subscription (name, position, failures, error) SELECT 'rules', through, 0, '' FROM claims_rounds"
            " ON CONFLICT (name) DO NOTHING",
            "UPDATE claims_rounds SET through = position FROM claims_subscription WHERE name = 'rules';"
            " DELETE FROM claims_subscription WHERE name = 'rules'",
        ),
        migrations.RemoveField(
            model_name='rounds',
            name='through',
        ),
    ]
