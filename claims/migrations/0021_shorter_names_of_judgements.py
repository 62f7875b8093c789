"""Judgements are called by one verb each; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0020_one_index_for_flags_of_a_claim'),
    ]

    operations = [
        migrations.AlterField(
            model_name='link',
            name='relation',
            field=models.CharField(choices=[('same', 'says the same as'), ('repeats', 'repeats'), ('refines', 'refines'), ('updates', 'updates'), ('contradicts', 'contradicts'), ('denies', 'denies'), ('derived_from', 'is derived from'), ('not_same', 'is not the same as')], max_length=12, verbose_name='relation'),
        ),
    ]
