"""Which of two documents is the original."""

from articles.alignment.direction import in_direction
from articles.text.document import Document

TEXTS = {
    "en": "The mill was sold.",
    "fr": "Le moulin a été vendu.",
    "de": "Die Mühle wurde verkauft.",
    "es": "El molino fue vendido.",
}


def named(name: str, language: str, more: str = "") -> Document:
    return Document(name=name, language=language, text=f"{TEXTS[language]}\n{more}")


def test_names_say_which_is_the_original():
    for original, translation in (
        (named("original.fr.txt", "fr"), named("translation.en.txt", "en")),
        (named("mill-source.txt", "de"), named("mill-english.txt", "en")),
        (named("mill.txt", "es"), named("mill (translated).txt", "en")),
        (named("moulin.docx", "en"), named("moulin_traduction.docx", "fr")),
    ):
        for pair in ((original, translation), (translation, original)):
            assert in_direction(*pair, "en") == (original, translation)


def test_a_text_says_that_it_is_translated():
    for original, translated, note in (
        ("fr", "en", "This article was automatically translated from French."),
        ("de", "en", "Translated from the German by a machine."),
        ("es", "en", "Translated from the original Spanish."),
        ("en", "fr", "Cet article a été traduit automatiquement de l’anglais."),
        ("fr", "de", "Aus dem Französischen übersetzt."),
        ("en", "es", "Traducido automáticamente del inglés."),
    ):
        source, target = named("a.txt", original), named("b.txt", translated, note)
        assert in_direction(target, source, "en") == (source, target)


def test_without_a_word_about_it_the_usual_source_is_the_original():
    english, french = named("mill.en.txt", "en"), named("mill.fr.txt", "fr")
    for pair in ((english, french), (french, english)):
        assert in_direction(*pair, "en") == (english, french)
    about = named("mill.en.txt", "en", "The novel was translated from German last year.")
    assert in_direction(french, about, "en") == (about, french)
