"""HTML and shortcodes inside pairs: the words are read, paragraph by paragraph."""

from articles.formats.interchange import Correction, Flag, Segment
from articles.formats.web.pair_markup import without_markup
from articles.text.document import Span

PAIRS = {
    ("<p>One <b>big</b> cat.</p>\n<p>12&nbsp;euros.</p>", "<p>Un gros <b>chat</b>.</p><p>12&#160;euros.</p>"): [
        ("One big cat.", "Un gros chat."), ("12\xa0euros.", "12\xa0euros."),
    ],
    ("<p>One.</p><p>Two.</p>", "<p>Un. Deux.</p>"): [("One.\nTwo.", "Un. Deux.")],
    ("A&nbsp;cat &amp; dog", "Un chat et un chien"): [("A\xa0cat & dog", "Un chat et un chien")],
    ('[caption id="a" width="3"]A cat.[/caption]', '[caption id="a"]Un chat.[/caption]'): [("A cat.", "Un chat.")],
    ('One [gallery ids="1,2"]', 'Un [gallery ids="1,2"]'): [("One ", "Un ")],
    ("He [sic] said a < b & c", "Il [sic] a dit a < b & c"): [("He [sic] said a < b & c", "Il [sic] a dit a < b & c")],
    ("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->", "Un."): [("One.", "Un.")],
    ("<script>x()</script>One<br>two", "Un<br/>deux"): [("One", "Un"), ("two", "deux")],
    ("<p></p>", ""): [("", "")],
}  # fmt: skip


def test_pairs_are_read_without_markup():
    found = {}
    for source, target in PAIRS:
        pairs = without_markup(Segment(source, target, id="u"))
        found[source, target] = [(pair.source, pair.target) for pair in pairs]
    assert found == PAIRS


def test_paragraphs_have_names_and_the_first_has_the_remarks():
    remark = Flag("", "neutral", comment="Hm")
    one, two = without_markup(Segment("<p>1</p><p>2</p>", "<p>3</p><p>4</p>", "u", flags=(remark,)))
    assert ((one.id, one.flags), (two.id, two.flags)) == (("u.1", (remark,)), ("u.2", ()))


def test_marked_and_corrected_pairs_are_left_as_they_are():
    for more in (
        {"flags": (Flag("", "minor", target_span=Span(3, 5)),)},
        {"corrections": (Correction("a", "b", "submitted"),)},
        {"target_span": Span(0, 9)},
    ):
        pair = Segment("<p>One</p>", "<p>Un</p>", **more)
        assert list(without_markup(pair)) == [pair]
