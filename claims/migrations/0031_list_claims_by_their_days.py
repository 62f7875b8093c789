"""Lists of claims by due date, and by when they were said, start at their place in an index: among a million none is sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0030_public_words_and_proofs'),
        ('sources', '0008_turns_of_pages'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['due_last', 'id'], name='claim_order_due'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['said_first', 'id'], name='claim_order_said'),
        ),
    ]
