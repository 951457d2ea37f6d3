"""Messages that are stored with their values, and shown in the language of whoever reads them."""

from __future__ import annotations

import json

from django.utils.translation import override

from articles.models import Import, Team
from articles.models.messages import render_text
from articles.text.messages import Message, gettext, join, message_from_json, ngettext


def in_both(message: Message) -> tuple[str, str]:
    """The message after it was stored, in English and in French."""
    stored = message_from_json(json.loads(json.dumps(message.as_json())))
    assert stored == message
    with override("en"):
        english = render_text(stored)
    with override("fr"):
        return english, render_text(stored)


def test_a_message_is_shown_in_the_readers_language() -> None:
    assert in_both(gettext("Nothing to import.")) == ("Nothing to import.", "Rien à importer.")


def test_values_may_be_messages_and_languages() -> None:
    message = ngettext(
        "%(language)s, %(role)s %(partner)s: new article, %(count)s sentence.",
        "%(language)s, %(role)s %(partner)s: new article, %(count)s sentences.",
        3,
    ) % {
        "language": Message(language="fr"),
        "role": gettext("translation of"),
        "partner": "a 50% b.txt",
        "count": 3,
    }
    assert in_both(message) == (
        "French, translation of a 50% b.txt: new article, 3 sentences.",
        "français, traduction de a 50% b.txt\u00a0: nouvel article, 3 phrases.",
    )


def test_plurals_are_those_of_the_readers_language() -> None:
    text = "%(count)s line of the file is left out."
    many = "%(count)s lines of the file are left out."
    english, french = in_both(ngettext(text, many, 0) % {"count": 0})
    assert english == "0 lines of the file are left out."
    assert french == "0 ligne du fichier est laissée de côté."


def test_messages_are_joined_and_empty_ones_left_out() -> None:
    said = [gettext("Nothing to import."), Message(), Message("100 % sure.")]
    assert in_both(join(said)) == (
        "Nothing to import. 100 % sure.",
        "Rien à importer. 100 % sure.",
    )
    assert in_both(join([])) == ("", "")


def test_a_sentence_begins_with_a_capital() -> None:
    assert in_both(Message("the file is empty", is_sentence=True)) == (
        "The file is empty",
        "Le fichier est vide",
    )


def test_an_unknown_language_is_shown_by_its_code() -> None:
    assert in_both(Message(language="tlh")) == ("tlh", "tlh")


def test_an_import_from_before_keeps_its_sentence(rosa: object) -> None:
    line = {"name": "a.txt", "refused": True, "kind": "refused", "sentence": "Alt."}
    job = Import.objects.create(team=Team.objects.first_team(), by=rosa, lines=[line])
    assert [each["sentence"] for each in job.file_results] == ["Alt."]
