"""Secrets of a webhook that were replaced go on signing for a while beside the new one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0032_search_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='webhook',
            name='former_secrets',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
