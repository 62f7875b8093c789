"""How far each consumer of the feed has come."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_erasure'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='name')),
                ('position', models.BigIntegerField(default=-1, verbose_name='through position')),
                ('moved_at', models.DateTimeField(null=True, verbose_name='moved')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures in a row')),
                ('error', models.TextField(blank=True, verbose_name='error')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
            },
        ),
    ]
