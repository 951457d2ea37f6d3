"""Say “source” for the text that is translated, and count sentences, in the results of imports."""

from django.db import migrations

PAIR = "%(language)s, %(role)s %(partner)s: "
TEXTS = {
    "original of": ("source of", ""),
    f"{PAIR}new article with %(count)s segment.": (f"{PAIR}new article.", ""),
    f"{PAIR}new version, segments now: %(count)s; work on %(unplaced)s earlier one has to be "
    "placed by hand.": (
        f"{PAIR}new version; work on %(unplaced)s earlier sentence has to be placed by hand.",
        f"{PAIR}new version; work on %(unplaced)s earlier sentences has to be placed by hand.",
    ),
    f"{PAIR}new version, now %(count)s segment; existing review work was kept.": (
        f"{PAIR}new version; existing review work was kept.",
        "",
    ),
    "%(languages)s: %(count)s pair.": (
        "%(languages)s: %(count)s segment.",
        "%(languages)s: %(count)s segments.",
    ),
    "%(count)s segment changed in one language: its flags move along, and it is to be reviewed "
    "again.": (
        "%(count)s sentence changed in one language: its flags move along, and it is to be "
        "reviewed again.",
        "%(count)s sentences changed in one language: their flags move along, and they are to be "
        "reviewed again.",
    ),
    "%(count)s segment with work on it changed in both languages or was removed: place its work "
    "by hand afterwards.": (
        "%(count)s sentence with work on it changed in both languages or was removed: place its "
        "work by hand afterwards.",
        "%(count)s sentences with work on them changed in both languages or were removed: place "
        "their work by hand afterwards.",
    ),
}
"""Each earlier text of a message → the text and the plural that replace it."""


def reword(apps, _schema_editor):
    """Write the new texts of the messages of all imports."""
    for job in apps.get_model("articles", "Import").objects.exclude(lines=[]).iterator():
        lines = [_reworded_line(line) for line in job.lines]
        if lines != job.lines:
            job.lines = lines
            job.save(update_fields=["lines"])


def _reworded_line(line):
    if "message" not in line:
        return line
    return {**line, "message": _reworded(line["message"])}


def _reworded(message):
    """Return a stored message, anew where it or a value of it is one of TEXTS."""
    if not isinstance(message, dict):
        return message
    new = dict(message)
    if message.get("text") in TEXTS:
        new["text"], plural = TEXTS[message["text"]]
        new.pop("plural", None)
        if plural:
            new["plural"] = plural
    if "values" in message:
        values = message["values"].items()
        new["values"] = {name: _reworded(value) for name, value in values}
    return new


class Migration(migrations.Migration):
    """No table changes; the earlier texts are not told apart again."""

    dependencies = [("articles", "0045_name_the_hour_due")]

    operations = [migrations.RunPython(reword, migrations.RunPython.noop)]
