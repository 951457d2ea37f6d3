"""Give stored findings the short messages that the checks have now; their values stay."""

from django.db import migrations

MESSAGES = (
    (
        "Possible addition: no %(language)s words for “%(words)s”.",
        "“%(words)s” has no counterpart in the %(language)s",
    ),
    (
        "Possible omission: nothing in the translation stands beside this.",
        "This sentence is missing from the translation",
    ),
    (
        "Possible addition: nothing in the source stands beside this.",
        "This sentence is not in the source",
    ),
    (
        "Possibly moved: the other text has this at another place, “%(words)s”.",
        "Moved: the other text has it at “%(words)s”",
    ),
    (
        "Possible stray full stop: “%(target)s”.",
        "“%(target)s”: stray full stop?",
    ),
    (
        "Possible wrong time: “%(source)s” became “%(target)s”.",
        "Time differs: %(source)s → %(target)s",
    ),
    (
        "Possible missing time: “%(source)s” is not in the translation.",
        "Time missing: “%(source)s”",
    ),
    (
        "Possible added time: “%(target)s” is not in the source.",
        "Time added: “%(target)s”",
    ),
    (
        "Possible wrong date: “%(source)s” became “%(target)s”.",
        "Date differs: %(source)s → %(target)s",
    ),
    (
        "Possible missing date: “%(source)s” is not in the translation.",
        "Date missing: “%(source)s”",
    ),
    (
        "Possible added date: “%(target)s” is not in the source.",
        "Date added: “%(target)s”",
    ),
    (
        "Possible doubled word: “%(target)s”.",
        "“%(target)s”: word repeated?",
    ),
    (
        "Possible omission: no %(language)s words for “%(words)s”; the sentence starts in lower "
        "case.",
        "“%(words)s” is missing from the %(language)s, which starts in lower case",
    ),
    (
        "Possible omission: no %(language)s words for “%(words)s”.",
        "“%(words)s” is missing from the %(language)s",
    ),
    (
        "Possible omission: no %(language)s sentence for “%(words)s”.",
        "“%(words)s”: this sentence is missing from the %(language)s",
    ),
    (
        "Possible fault: “%(word)s” does not agree with “%(noun)s”.",
        "“%(word)s” does not agree with “%(noun)s”?",
    ),
    (
        "Possible fault: “%(determiner)s” does not agree with “%(noun)s”.",
        "“%(determiner)s” does not agree with “%(noun)s”?",
    ),
    (
        "Possible fault: “%(word)s” is written “%(short)s” before “%(following)s”.",
        "“%(word)s %(following)s”: write “%(short)s”?",
    ),
    (
        "Possible fault: “%(word)s” may stand for “%(meant)s”.",
        "“%(word)s”: “%(meant)s” meant?",
    ),
    (
        "Possible fault: “%(word)s” is a noun, but a verb is needed before “que”.",
        "“%(word)s que”: a noun instead of a verb?",
    ),
    (
        "Possible fault: “%(first)s %(second)s” is written “%(melted)s” before a noun.",
        "“%(first)s %(second)s”: write “%(melted)s”?",
    ),
    (
        "Possible fault: “%(first)s” and “%(second)s” do not follow each other.",
        "“%(first)s %(second)s”: one preposition too many?",
    ),
    (
        "Possible second verb: “%(verb)s” has no subject of its own after “%(being)s”.",
        "“%(being)s … %(verb)s”: two verbs, one subject?",
    ),
    (
        "Possible fault: “%(verb)s” does not agree with its subject “%(subject)s”.",
        "“%(verb)s” does not agree with “%(subject)s”?",
    ),
    (
        "Possible fault: the sentence lacks a verb before “%(word)s”.",
        "“%(word)s”: verb missing before it?",
    ),
    (
        "Possible fault, says Grammalecte: %(reason)s",
        "Grammalecte: %(reason)s",
    ),
    (
        "Possible lost hedge: “%(source)s”.",
        "“%(source)s”: hedge lost?",
    ),
    (
        "Possible omission: the translation is unusually short for this article (%(length)s "
        "characters, about %(expected)s expected).",
        "Unusually short: %(length)s characters, about %(expected)s expected",
    ),
    (
        "Possible addition: the translation is unusually long for this article (%(length)s "
        "characters, about %(expected)s expected).",
        "Unusually long: %(length)s characters, about %(expected)s expected",
    ),
    (
        "Possible lost beginning: the sentence starts in lower case with “%(target)s”.",
        "“%(target)s” starts in lower case: beginning lost?",
    ),
    (
        "Possible misspelt name: “%(source)s” became “%(target)s”.",
        "Name misspelt? %(source)s → %(target)s",
    ),
    (
        "Possible missing name: “%(source)s” is not in the translation.",
        "Name missing: “%(source)s”",
    ),
    (
        "Possible lost negation: “%(source)s”.",
        "“%(source)s”: negation lost?",
    ),
    (
        "Possible added negation: “%(target)s”.",
        "“%(target)s”: negation added?",
    ),
    (
        "Possible missing number: “%(source)s” is not in the translation.",
        "Number missing: “%(source)s”",
    ),
    (
        "Possible added number: “%(target)s” is not in the source.",
        "Number added: “%(target)s”",
    ),
    (
        "Possible wrong number: “%(source)s” became “%(target)s”.",
        "Number differs: %(source)s → %(target)s",
    ),
    (
        "Possible wrong number format: “%(target)s” has the separators of the source’s language.",
        "“%(target)s”: separators of the source language?",
    ),
    (
        "Possible added quotation marks: the source has none.",
        "Quotation marks added: the source has none",
    ),
    (
        "Possible missing quotation mark: “%(target)s” has no partner.",
        "Unmatched “%(target)s”",
    ),
    (
        "Possible speech that begins or ends elsewhere: in the source it runs over several "
        "segments.",
        "Quoted speech runs over several segments in the source",
    ),
    (
        "Possible speech that begins or ends elsewhere than in the source.",
        "Quoted speech begins or ends elsewhere in the source",
    ),
    (
        "Possible lost quotation marks.",
        "Quotation marks missing",
    ),
    (
        "Possible change of speaker: “%(source)s” became “%(target)s”.",
        "Pronoun changed: “%(source)s” → “%(target)s”",
    ),
    (
        "Possible wrong term: the glossary has “%(wanted)s” for “%(source)s”.",
        "“%(source)s”: the glossary has “%(wanted)s”",
    ),
    (
        "Possible translation of “%(source)s”, which is not to be translated.",
        "“%(source)s”: not to be translated",
    ),
    (
        "Possible slip of typography: French puts a space before “%(target)s”.",
        "No space before “%(target)s”",
    ),
    (
        "Possible slip of typography: French puts a space inside “%(target)s”.",
        "No space inside “%(target)s”",
    ),
    (
        "Possible slip of typography: French writes « » for “%(target)s”.",
        "Write « » instead of “%(target)s”",
    ),
    (
        "Possible slip of typography: no space before “%(target)s”.",
        "Needless space before “%(target)s”",
    ),
    (
        "Possible slip of typography: this apostrophe is straight, the article’s are curly.",
        "Straight apostrophe; the article’s are curly",
    ),
    (
        "Possible lost unit: “%(target)s” counts %(unit)s in the source.",
        "“%(target)s”: unit lost (%(unit)s)",
    ),
    (
        "Possible wrong unit: “%(source)s” became “%(target)s”.",
        "Unit differs: %(source)s → %(target)s",
    ),
    (
        "Possible word left untranslated: “%(target)s”.",
        "“%(target)s”: left untranslated?",
    ),
    (
        "Possible wrong word: “%(source)s” became “%(target)s”.",
        "Word differs: “%(source)s” → “%(target)s”",
    ),
    (
        "Possible lost word: “%(source)s”.",
        "“%(source)s”: word lost?",
    ),
    (
        "Possible lost capital: “%(target)s”.",
        "“%(target)s”: capital lost?",
    ),
    (
        "Possible needless capital: “%(target)s”.",
        "“%(target)s”: needless capital?",
    ),
    (
        "Possible fault: “ne” is missing before “%(verb)s”.",
        "“%(verb)s”: “ne” missing before it?",
    ),
    (
        "Possible fault: no space after “%(word)s”.",
        "No space after “%(word)s”",
    ),
    (
        "Possible wrong name: “%(source)s” became “%(target)s”.",
        "Name differs: %(source)s → %(target)s",
    ),
    (
        "Possible: %(type)s (found by %(finder)s).",
        "%(type)s (found by %(finder)s)",
    ),
)
"""Each earlier message with the one that replaces it."""


def reword(apps, pairs):
    """Replace each earlier message of a finding."""
    findings = apps.get_model("articles", "Finding").objects
    for before, after in pairs:
        findings.filter(message=before).update(message=after)


def shorten(apps, _schema_editor):
    """Write the new messages."""
    reword(apps, MESSAGES)


def lengthen(apps, _schema_editor):
    """Write the earlier messages again; of two that are one now, the first."""
    reword(apps, [(after, before) for before, after in MESSAGES])


class Migration(migrations.Migration):
    """No table changes."""

    dependencies = [("articles", "0024_keep_language_tags")]

    operations = [migrations.RunPython(shorten, lengthen)]
