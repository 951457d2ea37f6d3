"""Problems of files, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.formats.interchange import BadFile


def describe_problem(problem: BadFile) -> str:
    """The reason in the reader's language, with its place."""
    wanted = {
        name: _(str(problem.values[name])) for name in ("wanted",) if problem.values.get(name)
    }
    sentence = _(problem.message) % {**problem.values, **wanted}
    return at_place(problem.place, sentence) if problem.place else sentence


def at_place(place: str, sentence: str) -> str:
    """The sentence after its place in a file: “line 3: …”, in the reader's language."""
    word, blank, number = place.partition(" ")
    return _("%(place)s: %(sentence)s") % {"place": _(word) + blank + number, "sentence": sentence}
