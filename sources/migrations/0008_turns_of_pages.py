"""How pages turned is kept: another text, gone, or back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0007_words_of_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='PageTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('gone_since', models.DateTimeField(null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.document')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot')),
            ],
            options={
                'verbose_name': 'turn of a page',
                'verbose_name_plural': 'turns of pages',
                'indexes': [models.Index(fields=['document', 'at'], name='turns_of_page')],
            },
        ),
    ]
