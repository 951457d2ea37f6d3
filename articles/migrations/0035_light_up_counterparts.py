from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0034_keep_blocks"),
    ]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="counterparts",
            field=models.CharField(
                choices=[("on", "Lit up"), ("off", "Off")],
                default="on",
                max_length=3,
                verbose_name="Counterpart of a word",
            ),
        ),
    ]
