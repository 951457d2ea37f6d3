"""Keep which words of a document are in italics, bold or a link, to show them as such."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0040_log_changes_of_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='emphasis',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
