"""A claim keeps the dates that are offered since its document's publication date was corrected."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_when_rules_look'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='offered',
            field=models.JSONField(null=True),
        ),
    ]
