"""Quote both names of “Names change places”, of which two earlier messages are stored."""

from django.db import migrations

MESSAGE = "Names change places: “%(first)s”, “%(second)s”"
EARLIER = (
    "Names change places: “%(source)s” → “%(target)s”",
    "Names change places: %(first)s, %(second)s",
)


def reword(apps, _schema_editor):
    """Write the new message and its values, of findings and of what corrections bring."""
    findings = apps.get_model("articles", "Finding").objects.filter(message__in=EARLIER)
    for finding in findings.iterator():
        new = _reworded({"message": finding.message, "values": finding.values})
        finding.message = new["message"]
        finding.values = new["values"]
        finding.save(update_fields=["message", "values"])
    corrections = apps.get_model("articles", "Correction").objects.exclude(new_findings=[])
    for correction in corrections.iterator():
        rows = [_reworded(row) for row in correction.new_findings]
        if rows != correction.new_findings:
            correction.new_findings = rows
            correction.save(update_fields=["new_findings"])


def _reworded(row):
    """Return a stored message with its values, anew where it is one of EARLIER.

    The first of these quoted the words from one name to the other, of either text; so it stays.
    """
    if row["message"] not in EARLIER:
        return row
    values = dict(row["values"])
    if "source" in values:
        values = {"first": values["source"], "second": values["target"]}
    return {**row, "message": MESSAGE, "values": values}


class Migration(migrations.Migration):
    """No table changes; the earlier messages are not told apart again."""

    dependencies = [("articles", "0043_reword_missing_words")]

    operations = [migrations.RunPython(reword, migrations.RunPython.noop)]
