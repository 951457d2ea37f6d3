"""Let the roles that are there import articles, once: an admin may take that away for good."""

from django.db import migrations


def let_roles_import(apps, _schema_editor):
    """Give the permission to the groups; where there are none yet, they are made with it."""
    groups = apps.get_model("auth", "Group").objects.filter(name__in=["Reviewers", "Approvers"])
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", codename="add_article"
    )
    for group in groups:
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0019_keep_work_without_a_place"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(let_roles_import, migrations.RunPython.noop)]
