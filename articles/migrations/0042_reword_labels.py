"""Name the choices of matching words and two kinds of the audit log in plain words."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0041_keep_emphasis"),
    ]

    operations = [
        migrations.AlterField(
            model_name="preferences",
            name="counterparts",
            field=models.CharField(
                choices=[("on", "Highlighted"), ("off", "Off")],
                default="on",
                max_length=3,
                verbose_name="Matching word",
            ),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed_in", "signed in"),
                    ("failed", "sign-in failed"),
                    ("refused", "sign-in blocked after failures"),
                    ("signed_out", "signed out"),
                    ("password", "changed the password"),
                    ("step_added", "added a second sign-in step"),
                    ("step_removed", "removed a second sign-in step"),
                    ("exported", "exported articles"),
                    ("roles", "changed roles in a team"),
                    ("admin", "changed data in the admin"),
                ],
                max_length=16,
                verbose_name="action",
            ),
        ),
    ]
