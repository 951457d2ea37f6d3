"""Jobs that wait in the queue when the code is renewed are found at their new address."""

from django.db import migrations
from django.db.migrations.state import StateApps

MOVED = {
    "articles.jobs.examine_files": "articles.importing.tasks.examine_files",
    "articles.jobs.carry_out_files": "articles.importing.tasks.carry_out_files",
}


def rename(apps: StateApps, addresses: dict[str, str]) -> None:
    """Give each queued or finished job the new dotted path of its task."""
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for old, new in addresses.items():
        results.filter(task_path=old).update(task_path=new)


def forwards(apps: StateApps, _editor: object) -> None:
    rename(apps, MOVED)


def backwards(apps: StateApps, _editor: object) -> None:
    rename(apps, {new: old for old, new in MOVED.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_see_open_editors"),
        ("django_tasks_database", "0001_initial"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
