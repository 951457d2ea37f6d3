"""Problems of files as messages, and in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.formats.interchange import BadFile
from articles.models.messages import render_text
from articles.text.messages import Message


def describe_problem(problem: BadFile) -> str:
    """Return the reason in the reader's language, with its place."""
    return render_text(problem_message(problem))


def problem_message(problem: BadFile) -> Message:
    """Return the reason, with its place, as a message."""
    values = dict(problem.values)
    # What a field should hold is itself a phrase to translate.
    if values.get("wanted"):
        values["wanted"] = Message(str(values["wanted"]))
    reason = Message(problem.message, values=values)
    if not problem.place:
        return reason
    word, _blank, number = problem.place.partition(" ")
    place = Message("%(word)s %(number)s", values={"word": Message(word), "number": number})
    if not number:
        place = Message(word)
    return Message("%(place)s: %(sentence)s", values={"place": place, "sentence": reason})


def at_place(place: str, sentence: str) -> str:
    """Return the sentence after its place in a file, "line 3: …", in the reader's language."""
    word, blank, number = place.partition(" ")
    return _("%(place)s: %(sentence)s") % {"place": _(word) + blank + number, "sentence": sentence}
