"""No index is written with every change of a waiting claim: the digests find what is new by its id."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0014_withdrawn_evidence'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_stale',
        ),
    ]
