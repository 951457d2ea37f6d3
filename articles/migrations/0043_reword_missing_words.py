"""Say of all lost words that they are missing from the translation's language, by its name."""

from django.db import migrations

MISSING = "“%(words)s” is missing from the %(language)s"
MESSAGES = {
    "“%(source)s”: word lost?": MISSING,
    "“%(source)s”: lost in the translation?": MISSING,
    "This sentence is missing from the translation": (
        "This sentence is missing from the %(language)s"
    ),
}
"""Each earlier message with the one that replaces it."""

LANGUAGES = {"de": "German", "en": "English", "es": "Spanish", "fr": "French"}


def reword(apps, _schema_editor):
    """Write the new messages and their values, of findings and of what corrections bring."""
    findings = apps.get_model("articles", "Finding").objects.filter(message__in=MESSAGES)
    for finding in findings.select_related("segment__article__target").iterator():
        row = {"message": finding.message, "values": finding.values}
        new = _reworded(row, finding.segment.article.target.language)
        finding.message = new["message"]
        finding.values = new["values"]
        finding.save(update_fields=["message", "values"])
    corrections = apps.get_model("articles", "Correction").objects.exclude(new_findings=[])
    for correction in corrections.select_related("segment__article__target").iterator():
        language = correction.segment.article.target.language
        rows = [_reworded(row, language) for row in correction.new_findings]
        if rows != correction.new_findings:
            correction.new_findings = rows
            correction.save(update_fields=["new_findings"])


def _reworded(row, language):
    """Return a stored message with its values, anew where it is one of MESSAGES."""
    if row["message"] not in MESSAGES:
        return row
    values = {"language": LANGUAGES.get(language, language), **row["values"]}
    if "source" in values:
        values["words"] = values.pop("source")
    return {**row, "message": MESSAGES[row["message"]], "values": values}


class Migration(migrations.Migration):
    """No table changes; the earlier messages are not told apart again."""

    dependencies = [("articles", "0042_reword_labels")]

    operations = [migrations.RunPython(reword, migrations.RunPython.noop)]
