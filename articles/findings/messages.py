"""Problems of files in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.formats.interchange import BadFile


def describe_problem(problem: BadFile) -> str:
    """Return the reason in the reader's language, with its place."""
    values = dict(problem.values)
    # What a field should hold is itself a phrase to translate.
    if values.get("wanted"):
        values["wanted"] = _(str(values["wanted"]))
    sentence = _(problem.message) % values
    return at_place(problem.place, sentence) if problem.place else sentence


def at_place(place: str, sentence: str) -> str:
    """Return the sentence after its place in a file, "line 3: …", in the reader's language."""
    word, blank, number = place.partition(" ")
    return _("%(place)s: %(sentence)s") % {"place": _(word) + blank + number, "sentence": sentence}
