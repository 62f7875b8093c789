"""A flag may name its claim without a lock on the claim's row."""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0023_keys_are_erased_too'),
    ]

    operations = [
        migrations.AlterField(
            model_name='flag',
            name='claim',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='claims.claim', verbose_name='claim'),
        ),
    ]
