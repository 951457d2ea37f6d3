"""A flag keeps what editors call its issue, where the type of MQM is wider."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0025_shorten_findings'),
    ]

    operations = [
        migrations.AddField(
            model_name='flag',
            name='issue',
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
    ]
