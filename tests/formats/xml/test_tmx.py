"""TMX: what is written is valid, read by others, and comes back; memories of others are understood."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as judge

from articles.formats.interchange import Article, BadFile, Correction, Flag, Segment
from articles.formats.web.pair_markup import with_codes
from articles.formats.xml import tmx
from tests.cases import for_each
from tests.formats.strategies import articles, plain_pairs, quick
from tests.shared import shared


def load(data: bytes) -> list[Article]:
    return [
        replace(each, segments=tuple(each.segments))
        for each in tmx.read(io.BytesIO(data), name="memory")
    ]


def saved(*made: Article) -> bytes:
    return b"".join(tmx.write(made))


def carried(article: Article) -> Article:
    """What of an article a memory holds: pairs, status, flags and corrections."""
    segments = tuple(
        replace(each, findings=(), events=(), source_span=None, target_span=None, score=1.0)
        for each in article.segments
    )
    return Article(
        article.title,
        article.source_language,
        article.target_language,
        segments=segments,
        held=article.held,
    )


@quick
@given(st.lists(articles(), min_size=1, max_size=2, unique_by=lambda article: article.title))
@pytest.mark.slow
def test_pairs_flags_and_corrections_come_back(made):
    assert load(saved(*made)) == [carried(each) for each in made]


@quick
@given(articles())
def test_what_is_written_is_valid_and_others_read_the_same_pairs(made):
    data = saved(made)
    document_type = etree.DTD(str(shared("schemas/tmx/tmx14.dtd")))
    assert document_type.validate(etree.fromstring(data)), document_type.error_log
    units = judge.tmxfile.parsestring(data).units
    assert [(squeezed(unit.source), squeezed(unit.target)) for unit in units] == [
        (squeezed(each.source), squeezed(each.final)) for each in made.segments
    ]


def squeezed(text: str) -> str:
    """Without blanks, which the judge normalises."""
    return "".join((text or "").split())


def test_the_corrected_text_is_what_a_memory_keeps():
    done = Segment(
        "a",
        "b",
        id="7",
        corrections=(Correction("b", "c", "approved"),),
        flags=(Flag("Omission", "major"),),
    )
    written = saved(Article("t", "en", "fr", segments=(done,))).decode()
    assert '<tuv xml:lang="fr"><seg>c</seg></tuv>' in written
    assert '<prop type="x-machine">b</prop>' in written
    assert "<note>Accuracy › Omission (major)</note>" in written
    edited = load(written.replace("<seg>c<", "<seg>d<").encode())[0].segments[0]
    assert edited.corrections[-1] == Correction("c", "d", "submitted")


def test_several_languages_and_characters_that_xml_cannot_hold():
    one, two = (
        Article("t", source, target, segments=(Segment("a\x0c", "b"),))
        for source, target in (("en", "fr"), ("fr", "en"))
    )
    assert load(saved(one, two)) == [one, two]
    assert load(saved()) == [Article("memory", "", "")]


OTHERS = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="EN-US"/><body>
<tu><tuv xml:lang="fr_FR"><seg>Le <hi>chat</hi> <bpt i="1">{\\b</bpt>dort<ept i="1">}</ept></seg></tuv><tuv lang="en-us"><seg>The cat sleeps</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>
<tu srclang="fr"><prop type="x-other"/><tuv xml:lang="fr"><seg>Un</seg></tuv><tuv xml:lang="en"/></tu>
</body></tmx>"""


@for_each("encoding", ["utf-8", "utf-16"])
def test_memories_of_others_are_understood(encoding):
    found = load(OTHERS.encode(encoding))
    assert plain_pairs(found) == [
        ("memory", "The cat sleeps", "Le <hi1>chat</hi1> <g1>dort</g1>"),
        ("memory", "Un", ""),
    ]
    assert [(each.source_language, each.target_language) for each in found] == [
        ("en", "fr"),
        ("fr", "en"),
    ]


def told(article) -> list[str]:
    return [
        str(warning) + (f" × {count}" if count > 1 else "") for warning, count in article.warnings
    ]


HEADERS = {
    "OmegaT": '<!DOCTYPE tmx SYSTEM "tmx11.dtd">\n<tmx version="1.1"><header creationtool="OmegaT" segtype="sentence" srclang="en-US"/>',
    "memoQ": '<tmx version="1.4"><header creationtool="MemoQ" segtype="sentence" srclang="en-us"><prop type="defclient"/></header>',
    "Trados": '<!DOCTYPE tmx PUBLIC "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN" "tmx14.dtd">'
    '<tmx version="1.4"><header creationtool="SDL Language Platform" segtype="paragraph" srclang="EN-US"/>',
    "Wordfast": '<!DOCTYPE tmx SYSTEM "tmx14.dtd" [ ]><tmx version="1.4"><header creationtool="Wordfast" srclang="*all*"/>',
}
"""As these programs begin a memory."""
UNIT = '<tu><tuv {lang}="EN-US"><seg>{source}</seg></tuv><tuv {lang}="FR-FR"><seg>{target}</seg></tuv></tu>'


@for_each("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@for_each("program", HEADERS)
@for_each("lang", ["xml:lang", "lang"])
def test_memories_of_each_program(program, encoding, lang):
    declared = "utf-16" if encoding == "utf-16" else "utf-8"
    data = f'<?xml version="1.0" encoding="{declared}"?>{HEADERS[program]}<body>{UNIT}</body></tmx>'
    (article,) = load(
        data.format(lang=lang, source="A cat.", target="Un chat à l’été.").encode(encoding)
    )
    assert (article.source_language, article.target_language) == ("en", "fr")
    assert article.segments == (Segment("A cat.", "Un chat à l’été."),)
    assert told(article) == []


def test_the_dtd_is_not_looked_for(tmp_path):
    (tmp_path / "tmx14.dtd").write_text("<!ENTITY held 'no'>")
    named = (tmp_path / "tmx14.dtd").as_uri()
    data = HEADERS["OmegaT"].replace("tmx11.dtd", named) + "<body>" + UNIT + "</body></tmx>"
    with pytest.raises(BadFile, match="“&held;” is not defined in the file itself"):
        load(data.format(lang="lang", source="&held;", target="x").encode())


@for_each(
    ("seg", "words"),
    [
        ('<bpt i="1">&lt;b&gt;</bpt>Un<ept i="1">&lt;/b&gt;</ept> chat', "<b1>Un</b1> chat"),
        ('Un<ph x="1" type="lb">&lt;br/&gt;</ph>chat', "Un\nchat"),
        (
            '<it pos="begin" x="1">{\\b</it>Un <hi type="term">chat</hi><ut>x</ut>',
            "<it1/>Un <term1>chat</term1><ut1/>",
        ),
        ('Un <ph>&lt;img alt="<sub>photo</sub>"/&gt;</ph>chat', "Un <ph1/>chat"),
        ("Un&#160;chat &amp; &#128105;", "Un\u00a0chat & 👩"),
    ],
)
def test_codes_inside_are_tokens(seg, words):
    data = (
        HEADERS["memoQ"]
        + "<body>"
        + UNIT.format(lang="xml:lang", source="A", target=seg)
        + "</body></tmx>"
    )
    assert load(data.encode())[0].segments[0].target == words


def test_texts_inside_codes_are_pairs_of_their_own():
    seg = 'One<ph x="1">&lt;fn&gt;<sub>{}</sub></ph>'
    data = UNIT.format(
        lang="xml:lang", source=seg.format("A note."), target=seg.format("Une note.")
    )
    (article,) = load((HEADERS["memoQ"] + "<body>" + data + "</body></tmx>").encode())
    assert [(each.source, each.target) for each in article.segments] == [
        ("One<fn1/>", "One<fn1/>"), ("A note.", "Une note."),
    ]  # fmt: skip


def test_html_in_the_memories_of_others_is_read_as_paragraphs():
    data = UNIT.format(
        lang="xml:lang",
        source="&lt;p>A.&lt;/p>&lt;p>B.&lt;/p>",
        target="&lt;p>C.&lt;/p>&lt;p>D.&lt;/p>",
    )
    (article,) = load((HEADERS["memoQ"] + "<body>" + data + "</body></tmx>").encode())
    pairs = with_codes(article).segments
    assert [(each.source, each.target) for each in pairs] == [
        ("<p>A.</p>", "<p>C.</p>"),
        ("<p>B.</p>", "<p>D.</p>"),
    ]


def unit(*languages: str, more: str = "") -> str:
    return (
        "<tu>"
        + more
        + "".join(f'<tuv xml:lang="{each}"><seg>{each}</seg></tuv>' for each in languages)
        + "</tu>"
    )


def test_units_in_more_or_fewer_languages():
    units = [
        unit("en-US", "fr-FR"),
        unit("de", "fr", "en"),
        unit("en", "en-GB", "es", "fr"),
        unit("en"),
        unit("en", "en", "en"),
        unit("en", "de", "es"),
    ]
    one, two = load((HEADERS["memoQ"] + "<body>" + "".join(units) + "</body></tmx>").encode())
    assert [(each.source, each.target) for each in one.segments] == [
        ("en-US", "fr-FR"),
        ("en", "fr"),
        ("en", "fr"),
    ]
    assert [(each.source, each.target) for each in two.segments] == [("en", "de")]
    assert told(two) == [
        "unit in line 1: units with more than two texts: only en and fr are imported × 3",
        "unit in line 1: a unit in one language only is left out × 2",
    ]


def test_a_memory_in_any_direction_stays_one_article():
    units = [
        unit("en", "fr"),
        unit("fr", "en"),
        unit("EN-GB", "fr_CA", more="<note>check this</note><note/><other/>"),
    ]
    (article,) = load((HEADERS["Wordfast"] + "<body>" + "".join(units) + "</body></tmx>").encode())
    assert [(each.source, each.target) for each in article.segments] == [
        ("en", "fr"),
        ("en", "fr"),
        ("EN-GB", "fr_CA"),
    ]
    assert article.segments[2].flags == (Flag("", "neutral", comment="check this"),)


@for_each(
    ("old", "new", "words"),
    [
        ("<tmx", "<html", "line 5: a closing tag has no opening tag"),
        (
            '<prop type="x-other"/>',
            '<prop type="x-flag">{</prop>',
            "unit in line 4: this is not a line of JSON",
        ),
    ],
)
def test_what_is_wrong_is_named(old, new, words):
    with pytest.raises(BadFile) as refused:
        load(OTHERS.replace(old, new).encode())
    assert str(refused.value).startswith(words)


SMALL = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="en"/><body>
<tu tuid="1"><tuv xml:lang="en"><seg>A &amp; b</seg></tuv><tuv xml:lang="fr"><seg>É</seg></tuv></tu></body></tmx>"""


@for_each(
    ("old", "new", "words"),
    [
        ("&amp;", "&", "line 3: “&” or “<” is not escaped"),
        ("&amp;", "&x", "line 3: “&” or “<” is not escaped"),
        ("&amp;", "< 3", "line 3: “&” or “<” is not escaped"),
        ("&amp;", "&nbsp;", "“&” or “<” is not escaped"),
        ("&amp;", "\x01", "line 3: a character is not allowed in XML"),
        ("</seg>", "</sog>", "line 3: a closing tag has no opening tag"),
        ('tuid="1"', "tuid=1", "line 3: this is not well-formed XML"),
        ("UTF-8", "XYZ", "line 1: the file cannot be read in the encoding it declares"),
    ],
)
def test_broken_xml_is_told_in_words(old, new, words):
    with pytest.raises(BadFile) as refused:
        load(SMALL.replace(old, new, 1).encode())
    assert words in str(refused.value)


def test_a_file_that_ends_in_the_middle_is_told_so():
    data = SMALL.encode()
    for end in range(len("<?xml version"), len(data)):
        with pytest.raises(BadFile, match="cut off"):
            load(data[:end])


def test_the_region_of_a_language_comes_back():
    made = Article("A", "en", "fr", segments=(Segment("Yes.", "Oui."),), target_tag="fr-CA")
    [article] = load(saved(made))
    assert (article.source_language, article.target_language) == ("en", "fr")
    assert (article.source_tag, article.target_tag) == ("", "fr-CA")
