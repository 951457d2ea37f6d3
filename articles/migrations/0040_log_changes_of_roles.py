"""Log who gave and took which roles in a team, and whose."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0039_embargo_articles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # A column that may be empty is added without rebuilding the table, which would drop the triggers on SQLite.
        migrations.AddField(
            model_name='auditentry',
            name='subject',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='whom'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='kind',
            field=models.CharField(choices=[('signed_in', 'signed in'), ('failed', 'sign-in failed'), ('refused', 'too many failed sign-ins'), ('signed_out', 'signed out'), ('password', 'changed the password'), ('step_added', 'added a second sign-in step'), ('step_removed', 'removed a second sign-in step'), ('exported', 'exported articles'), ('roles', 'changed roles in a team'), ('admin', 'did something in the admin')], max_length=16, verbose_name='action'),
        ),
    ]
