"""When the rules look at which claim, and how far they have gone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_subscriptions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rounds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('through', models.BigIntegerField(default=-1)),
                ('day', models.DateField(null=True)),
                ('rules', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'db_table': 'claims_rounds',
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('claim', models.UUIDField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
            ],
            options={
                'db_table': 'claims_look',
                'indexes': [models.Index(fields=['on', 'claim'], name='look_due')],
            },
        ),
    ]
