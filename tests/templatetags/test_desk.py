"""Names in the reader's language."""

from __future__ import annotations

from django.utils.translation import override

from articles.templatetags.desk import bare, language_name, reason_name
from tests.cases import for_each


def test_names() -> None:
    assert (language_name("fr"), language_name("xx-none")) == ("French", "xx-none")
    assert (reason_name("implied"), reason_name("because I say so")) == (
        "implied",
        "because I say so",
    )


def test_quoted_words_lose_the_marks_that_would_stand_beside_ours() -> None:
    assert (bare("“OpenAI"), bare("«\u202fNous\u202f»"), bare("l’« art »")) == (
        "OpenAI",
        "Nous",
        "l’« art",
    )
    assert (bare("»"), bare("")) == ("»", "")


@for_each(
    ("stored", "french"),
    [
        ("implied", "sous-entendu"),
        ("The meaning is still wrong", "Le sens est encore faux"),
        ("Words are still missing – see “yesterday”", "Des mots manquent encore – see “yesterday”"),
        ("Le sens est encore faux – non", "Le sens est encore faux – non"),
        ("The meaning is unclear", "The meaning is unclear"),
        ("", ""),
    ],
)
def test_a_usual_reason_is_shown_in_the_readers_language(stored: str, french: str) -> None:
    with override("fr"):
        assert reason_name(stored) == french
    if stored.startswith("Le sens"):
        assert reason_name(stored) == "The meaning is still wrong – non"
