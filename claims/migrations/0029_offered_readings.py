"""A claim keeps what is offered since its text was read again by a later version of the reader."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0028_denials'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='offered_reading',
            field=models.JSONField(null=True),
        ),
    ]
