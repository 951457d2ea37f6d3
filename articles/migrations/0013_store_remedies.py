from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_keep_import_plans"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="remedy",
            field=models.JSONField(default=list),
        ),
    ]
