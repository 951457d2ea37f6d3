"""Put all articles and imports into a first team, with everybody in it and their roles as they are."""

from django.db import migrations


def make_first_team(apps, _schema_editor):
    """Make the team; who had no role could read everything, and goes on reading.

    Where an upgrade ended with the migration before this one, the team is there already: what
    follows each upgrade made it.
    """
    teams = apps.get_model("articles", "Team").objects
    team, _made = teams.get_or_create(name="Newsroom")
    for name in ("Article", "Import"):
        apps.get_model("articles", name)._base_manager.update(team=team)
    Membership = apps.get_model("articles", "Membership")
    people = apps.get_model("auth", "User").objects.order_by("pk")
    rows = []
    for person in people.prefetch_related("groups"):
        for role in person.groups.all():
            rows.append(Membership(team=team, person=person, role=role))
    without_role = people.filter(groups=None, is_superuser=False)
    if without_role:
        readers, _made = apps.get_model("auth", "Group").objects.get_or_create(name="Readers")
        for person in without_role:
            person.groups.add(readers)
            rows.append(Membership(team=team, person=person, role=readers))
    Membership.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0036_share_articles_by_team"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_first_team, migrations.RunPython.noop)]
