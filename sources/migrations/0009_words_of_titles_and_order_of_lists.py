"""Documents are found by the words of their titles, outlets by those of their names; lists of sources start at their place in an index."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from sources.text.folding import folded_words

PART = 2000


def fill(apps, schema_editor):
    """The words of the titles that are there."""
    model = apps.get_model("sources", "Document")
    part = []
    for document in model.objects.exclude(title="").only("title").iterator(chunk_size=PART):
        document.words = folded_words(document.title)
        part.append(document)
        if len(part) == PART:
            model.objects.bulk_update(part, ["words"])
            part = []
    model.objects.bulk_update(part, ["words"])


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0008_turns_of_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='words',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['outlet', '-created_at', '-id'], name='document_of_outlet'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['language', '-created_at', '-id'], name='document_in_language'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['published_first'], name='document_published'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='document_words'),
        ),
        migrations.AddIndex(
            model_name='outlet',
            index=models.Index(fields=['-created_at', '-id'], name='outlet_newest'),
        ),
        migrations.AddIndex(
            model_name='outlet',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('folded'), models.Value('\\W+'), function='regexp_split_to_array', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), name='outlet_words'),
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=models.Index(fields=['-created_at', '-id'], name='speaker_newest'),
        ),
    ]
