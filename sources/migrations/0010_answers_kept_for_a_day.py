"""What was answered under an Idempotency-Key is kept as it was, for a day; what was found by its subject before is answered by 409."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0009_words_of_titles_and_order_of_lists'),
    ]

    operations = [
        migrations.RemoveField(model_name='answered', name='subject'),
        migrations.AddField(model_name='answered', name='answer', field=models.BinaryField(null=True)),
        migrations.AddField(model_name='answered', name='location', field=models.CharField(default='', max_length=2000)),
        migrations.AddIndex(model_name='answered', index=models.Index(fields=['at'], name='answered_by_age')),
    ]
