"""A token has a scope, an end and a last use, and can be revoked. Those in use may what they could, and go on without an end."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0010_answers_kept_for_a_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='apitoken',
            name='expires_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='expires'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='revoked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='revoked'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='scope',
            field=models.CharField(choices=[('write', 'whatever its owner may'), ('read', 'only read'), ('reader', 'at most what a reader may'), ('reporter', 'at most what a reporter may'), ('reviewer', 'at most what a reviewer may'), ('editor', 'at most what an editor may'), ('administrator', 'at most what an administrator may')], default='write', max_length=13, verbose_name='scope'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='used_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last used'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['write', 'read', 'reader', 'reporter', 'reviewer', 'editor', 'administrator'])), name='token_scope_known'),
        ),
    ]
