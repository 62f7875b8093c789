"""How a page came from the web: its headers, and where it was in the end."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0002_last_runs'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='fetched',
            field=models.JSONField(editable=False, null=True),
        ),
    ]
