"""A webhook uses its owner's right to read. What is there belongs to the account that made it, if there is one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0025_corrections_and_public_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='webhook',
            name='owner',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='webhooks', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.RunSQL(
            "UPDATE claims_webhook AS w SET owner_id = u.id FROM auth_user AS u WHERE u.username = w.made_by",
            migrations.RunSQL.noop,
        ),
    ]
