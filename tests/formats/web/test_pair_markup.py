"""HTML and shortcodes inside pairs: they stay as codes, and paragraphs are pairs of their own."""

from articles.detection.files import in_memory
from articles.formats.interchange import Article, Correction, Flag, Segment, Warnings
from articles.formats.web.pair_markup import with_codes
from articles.importing.one_pass import import_files
from articles.text.document import Span

PAIRS = {
    ("<p>One <b>big</b> cat.</p>\n<p>12&nbsp;euros.</p>", "<p>Un gros <b>chat</b>.</p><p>12&#160;euros.</p>"): [
        ("<p>One <b>big</b> cat.</p>", "<p>Un gros <b>chat</b>.</p>"), ("<p>12\xa0euros.</p>", "<p>12\xa0euros.</p>"),
    ],
    ("<p>One.</p><p>Two.</p>", "<p>Un. Deux.</p>"): [("<p>One.</p><p>Two.</p>", "<p>Un. Deux.</p>")],
    ("A&nbsp;cat &amp; dog", "Un chat et un chien"): [("A\xa0cat &amp; dog", "Un chat et un chien")],
    ('One [gallery ids="1,2"]', 'Un [gallery ids="1,2"]'): [('One [gallery ids="1,2"]', 'Un [gallery ids="1,2"]')],
    ("He [sic] said a < b & c", "Il [sic] a dit a < b & c"): [("He [sic] said a < b & c", "Il [sic] a dit a < b & c")],
    ("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->", "Un."): [
        ("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->", "Un."),
    ],
    ("<script>x()</script>One<br>two", "Un<br/>deux"): [("<script>x()</script>One<br>", "Un<br/>"), ("two", "deux")],
    ("A<ul><li>B</li></ul><div><p></p><i>C</i></div>", "A<br><b>B</b><hr>C"): [
        ("A", "A<br>"), ("<ul><li>B</li></ul><div><p></p>", "<b>B</b><hr>"), ("<i>C</i></div>", "C"),
    ],
    ("<p></p>", ""): [("<p></p>", "")],
}  # fmt: skip


def plain(*segments, key=""):
    """The pairs of an article without mark-up, and how many of them a warning tells of."""
    article = Article("t", "en", "fr", segments=segments, warnings=Warnings(), key=key)
    pairs = list(with_codes(article).segments)
    return pairs, sum(count for _warning, count in article.warnings)


def test_pairs_are_read_with_codes():
    found = {}
    for source, target in PAIRS:
        pairs, _told = plain(Segment(source, target, id="u"))
        found[source, target] = [(pair.source, pair.target) for pair in pairs]
    assert found == PAIRS


def test_paragraphs_have_names_and_the_first_has_the_remarks():
    remark = Flag("", "neutral", comment="Hm")
    pair = Segment("<p>1</p><p>2</p>", "<p>3</p><p>4</p>", "u", flags=(remark,))
    (one, two, other), told = plain(pair, Segment("Plain & simple.", "Simple."))
    assert ((one.id, one.flags), (two.id, two.flags)) == (("u.1", (remark,)), ("u.2", ()))
    assert other == Segment("Plain & simple.", "Simple.")
    assert told == 1


def test_paragraphs_without_translation_are_pairs_too():
    pairs, _told = plain(Segment("<p>1</p><p>2</p>", ""))
    assert [(pair.id, pair.source, pair.target) for pair in pairs] == [
        ("", "<p>1</p>", ""),
        ("", "<p>2</p>", ""),
    ]


def test_marked_and_corrected_pairs_and_own_exports_are_left_as_they_are():
    for more in (
        {"flags": (Flag("", "minor", target_span=Span(3, 5)),)},
        {"corrections": (Correction("a", "b", "submitted"),)},
        {"target_span": Span(0, 9)},
    ):
        pair = Segment("<p>One</p>", "<p>Un</p>", **more)
        assert plain(pair) == ([pair], 0)
    pair = Segment("<p>One</p>", "<p>Un</p>")
    assert plain(pair, key="k") == ([pair], 0)


def test_a_file_of_a_plugin_is_imported_as_text(db):
    english = (
        "<p>The harbour reopened on <strong>Sunday</strong>.</p>\n<p>It costs 12&nbsp;euros.</p>"
    )
    french = "<p>Le port a rouvert <strong>dimanche</strong>.</p>\n<p>Il coûte 12&nbsp;euros.</p>"
    data = (
        "<xliff version='1.2'><file original='a.docx' source-language='en' target-language='fr'><body>"
        f"<trans-unit id='b'><source><![CDATA[{english}]]></source>"
        f"<target><![CDATA[{french}]]></target></trans-unit></body></file></xliff>"
    )
    (result,) = import_files([in_memory("wpml.xliff", data.encode())])
    assert result.article, result.sentence
    assert "kept as codes" in result.sentence
    assert result.article.title == "The harbour reopened on Sunday."
    targets = [segment.target_text for segment in result.article.segments.order_by("position")]
    assert targets == [
        "<p>Le port a rouvert <strong>dimanche</strong>.</p>",
        "<p>Il coûte 12\xa0euros.</p>",
    ]
