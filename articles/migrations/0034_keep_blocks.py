from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0033_keep_audit_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="blocks",
            field=models.JSONField(default=list, editable=False),
        ),
    ]
