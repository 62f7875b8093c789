"""A list of claims by due date starts at its place in an index, whatever it is narrowed by: among a million none is sorted."""
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
    ]
