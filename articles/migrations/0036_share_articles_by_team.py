"""Add teams, roles in them, and the team of an article and of an import.

The team is filled in by the next migration and needed from the one after it: PostgreSQL changes no
table whose rows the same transaction has changed.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _team(related_name):
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="articles.team",
        verbose_name="team",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0035_light_up_counterparts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ["name"],
                "permissions": [
                    ("manage_team", "Can manage the members and the articles of their teams")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="auth.group",
                        verbose_name="role",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="articles.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "role in a team",
                "verbose_name_plural": "roles in teams",
                "ordering": ["team", "person", "role"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "person", "role"), name="role_once_in_a_team"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="team",
            name="people",
            field=models.ManyToManyField(
                related_name="teams", through="articles.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField("article", "team", _team("articles")),
        migrations.AddField("import", "team", _team("imports")),
    ]
