"""A line break that was set for want of room is a blank to readers; the file keeps its own lines."""

import pytest

from articles.formats import FORMATS
from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.formats.text import wrapped
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Span

TEXT = """Le moulin du barrage a été vendu à une famille de la
vallée voisine, a dit le notaire mardi. Elle veut y
moudre du grain, du sarrasin ou de l’orge, un demi-
siècle après la fermeture.

Personne n’y avait vécu depuis la crue

Un toit neuf coûtera 90 000 euros. Le village a
  promis d’en payer un tiers, si la vieille roue peut
tourner de nouveau au printemps.
"""


def corrected(data, *changes):
    """Return the file with each sentence that holds the old words corrected to hold the new."""
    text = wrapped.read_text(data, name="a.txt")
    segments = []
    for sentence in split_sentences(text, "fr"):
        span = Span(sentence.start, sentence.end)
        after = sentence.text
        for old, new in changes:
            after = after.replace(old, new)
        made = (Correction(sentence.text, after, "approved"),) if after != sentence.text else ()
        segments.append(Segment("", sentence.text, target_span=span, corrections=made))
    page = FORMATS["text"].original(data, text)
    article = Article("t", "en", "fr", target=text, page=page, segments=segments)
    return b"".join(wrapped.write([article]))


def test_a_wrapped_text_is_read_by_paragraph():
    text = wrapped.read_text(TEXT.encode(), name="a.txt")
    assert text == (
        "Le moulin du barrage a été vendu à une famille de la vallée voisine, a dit le notaire "
        "mardi. Elle veut y moudre du grain, du sarrasin ou de l’orge, un demi-siècle après la "
        "fermeture.\n\nPersonne n’y avait vécu depuis la crue\n\nUn toit neuf coûtera 90 000 "
        "euros. Le village a promis d’en payer un tiers, si la vieille roue peut tourner de "
        "nouveau au printemps.\n"
    )


def test_only_the_corrected_words_of_the_file_change():
    changes = [
        ("mardi", "mercredi"),
        ("de la vallée voisine", "de la contrée voisine"),
        ("Un toit neuf", "Un nouveau toit"),
        ("tourner de nouveau", "tourner encore"),
    ]
    expected = TEXT.replace("vallée", "contrée").replace("mardi", "mercredi")
    expected = expected.replace("Un toit neuf", "Un nouveau toit").replace("de nouveau", "encore")
    files = {
        "its own lines": (TEXT.encode(), expected.encode()),
        "lines of Windows, and a mark": (
            TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
            expected.replace("\n", "\r\n").encode("utf-8-sig"),
        ),
        "another encoding": (TEXT.encode("utf-16"), expected.encode("utf-16")),
    }
    for name, (data, wanted) in files.items():
        assert corrected(data) == data, name
        assert corrected(data, *changes) == wanted, name


def test_a_letter_that_the_encoding_has_not_makes_the_file_unicode():
    data = TEXT.replace("’", "'").encode("cp1252")
    assert (
        corrected(data, ("90 000 euros", "90 000 €, dit Łukasz"))
        .decode("utf-8-sig")
        .count("90 000 €, dit Łukasz")
    )


def test_a_correction_across_a_break_and_one_of_several_lines_go_in():
    new = corrected(TEXT.encode(), ("a promis d’en payer", "paiera\nlui-même")).decode()
    assert "Le village paiera\nlui-même un tiers, si la vieille roue peut\ntourner" in new


def test_a_compound_at_the_end_of_a_line_is_one_word_and_half_a_compound_is_two():
    wire = (
        "The mill was sold on Tuesday to a family well-\nknown in the whole valley. It ground the pre-\n"
        "and the post-war grain there, and others.\n"
    )
    text = wrapped.read_text(wire.encode(), name="a.txt")
    assert text == (
        "The mill was sold on Tuesday to a family well-known in the whole valley. It ground the "
        "pre- and the post-war grain there, and others.\n"
    )


def test_a_text_that_is_not_wrapped_needs_no_file_and_articles_come_after_each_other():
    plain_text = "Une ligne.\nUne autre.\r\n\r\nLa fin."
    assert wrapped.read_text(plain_text.encode(), name="a.txt") == plain_text
    assert FORMATS["text"].original(plain_text.encode(), plain_text) == b""
    two = [
        Article("t", "en", "fr", target="a", page=b"PK\x00"),
        Article("t", "en", "fr", target="b", page=b"<p>b</p>"),
    ]
    assert b"".join(wrapped.write(two)) == b"a\n\nb"


def test_shortcodes_are_no_words_and_stay():
    page = """Le moulin est vendu.

[caption id="1" width="30"]La roue.[/caption]
{{< figure src="a.jpg" caption="Le barrage en crue" >}} Il rouvrira [sic].

{% embed
 https://exemple.test/ %}
[gallery ids="1,2"] Dear {{name}},
"""
    text = wrapped.read_text(page.encode(), name="a.txt")
    assert [line.strip() for line in text.splitlines() if line.strip()] == [
        "Le moulin est vendu.",
        "La roue.",
        "Le barrage en crue",
        "Il rouvrira [sic].",
        "Dear {{name}},",
    ]
    assert len(wrapped.left_out(page.encode())) == 5
    assert corrected(page.encode()).decode() == page
    changes = [("en crue", 'en "crue"'), ("La roue", "La vieille roue"), ("rouvrira", "ouvrira")]
    expected = page.replace("La roue", "La vieille roue").replace("rouvrira", "ouvrira")
    assert corrected(page.encode(), *changes).decode() == expected.replace("en crue", "en ”crue”")
    with pytest.raises(BadFile, match="no text"):
        wrapped.read_text(b'[gallery ids="1"]', name="a.txt")
