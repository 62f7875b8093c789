"""Flags of a claim are found by the index of the constraint that keeps each to one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0019_near_claims'),
    ]

    operations = [
        migrations.AlterField(
            model_name='flag',
            name='claim',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='claims.claim', verbose_name='claim'),
        ),
    ]
