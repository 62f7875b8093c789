"""A feed's address is kept as it was taken: what it may be is checked where it comes in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0005_watched_pages_and_feeds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='feed',
            name='url',
            field=models.CharField(max_length=2000, unique=True, verbose_name='address'),
        ),
    ]
