"""Have the database itself refuse to change or delete history; the way back drops the triggers."""

from django.db import migrations

from articles.history import triggers


def put_on(_apps, schema_editor):
    triggers.put_on(schema_editor.connection)


def take_off(_apps, schema_editor):
    triggers.take_off(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("articles", "0030_chain_earlier_events")]

    operations = [migrations.RunPython(put_on, take_off)]
