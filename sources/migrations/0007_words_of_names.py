"""Whoever has these words in a name is found by an index: what the desk's search asks."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0006_feeds_by_any_address'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='speakername',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('folded'), models.Value('\\W+'), function='regexp_split_to_array', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), name='spelling_words'),
        ),
    ]
