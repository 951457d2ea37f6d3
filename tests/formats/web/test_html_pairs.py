"""HTML inside pairs of texts: tags are no words, and a paragraph is a pair."""

from __future__ import annotations

from dataclasses import replace

from articles.formats.interchange import Article, Flag, Segment, Warnings
from articles.formats.web.html_pairs import without_markup
from articles.importing.actions import import_files
from articles.importing.detection import in_memory

ENGLISH = (
    "<p>The harbour reopened on <strong>Sunday</strong>.</p>\n<p>Tickets cost 12&nbsp;euros.</p>"
)
FRENCH = (
    "<p>Le port a rouvert <strong>dimanche</strong>.</p>\n<p>Le billet coûte 12&nbsp;euros.</p>"
)


def read(*segments: Segment, key: str = "") -> tuple[list[tuple[str, str, str]], int]:
    warnings = Warnings()
    article = Article("t", "en", "fr", segments=segments, warnings=warnings, key=key)
    found = [(each.id, each.source, each.target) for each in without_markup(article).segments]
    return found, len(list(warnings))


def test_paragraphs_become_pairs_and_entities_characters():
    pairs, warned = read(Segment(ENGLISH, FRENCH, id="body"), Segment("Plain & simple.", "Simple."))
    assert pairs == [
        ("body.1", "The harbour reopened on Sunday.", "Le port a rouvert dimanche."),
        ("body.2", "Tickets cost 12\xa0euros.", "Le billet coûte 12\xa0euros."),
        ("", "Plain & simple.", "Simple."),
    ]
    assert warned == 1


def test_sides_with_other_numbers_of_paragraphs_stay_one_pair():
    pairs, _warned = read(Segment(ENGLISH, "<p>Le port a rouvert.</p>"), Segment(ENGLISH, ""))
    assert pairs[0][1:] == (
        "The harbour reopened on Sunday.\nTickets cost 12\xa0euros.",
        "Le port a rouvert.",
    )
    assert [pair[2] for pair in pairs[1:]] == ["", ""]


def test_pairs_with_marks_and_own_exports_stay_as_they_are():
    marked = Segment(ENGLISH, FRENCH, flags=(Flag("Omission", "major", caret=3),))
    assert read(marked)[0] == [("", ENGLISH, FRENCH)]
    assert read(replace(marked, flags=()), key="k")[0] == [("", ENGLISH, FRENCH)]
    assert (
        read(Segment("if a < b and <name> is", "si a < b et <nom> est"))[0][0][1]
        == "if a < b and <name> is"
    )


def test_a_file_of_a_plugin_is_imported_as_text(db):
    unit = f"<trans-unit id='b'><source><![CDATA[{ENGLISH}]]></source><target><![CDATA[{FRENCH}]]></target></trans-unit>"
    data = (
        "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' source-language='en'"
        f" target-language='fr' datatype='plaintext'><body>{unit}</body></file></xliff>"
    )
    (result,) = import_files([in_memory("wpml.xliff", data.encode())])
    assert result.article, result.sentence
    targets = [segment.target_text for segment in result.article.segments.order_by("position")]
    assert targets == ["Le port a rouvert dimanche.", "Le billet coûte 12\xa0euros."]
