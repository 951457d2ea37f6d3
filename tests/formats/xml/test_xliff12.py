"""XLIFF 1.2 as Trados and memoQ write it."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from articles.formats.interchange import Article, BadFile, Flag, Segment
from articles.formats.web.pair_markup import with_codes
from articles.formats.xml import xliff2
from articles.text.document import Span

TRADOS = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" sdl:version="1.0">
<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs/></doc-info>
<file original="a.docx" source-language="en-US" target-language="fr_FR" datatype="x-sdlfilterframework2">
<header><reference><internal-file form="base64">QQ==</internal-file></reference><tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"/></header>
<body><group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts>
<trans-unit id="s1" translate="no"><source><x id="0"/></source></trans-unit>
<trans-unit id="s2" translate="no"><source>Keep me</source></trans-unit>
<trans-unit id="u1"><source>A cat. It sleeps.</source>
<seg-source><g id="3"><mrk mtype="seg" mid="1">A <g id="4">cat</g>.</mrk> <mrk mtype="seg" mid="2">It sleeps.</mrk></g></seg-source>
<target><g id="3"><mrk mtype="seg" mid="1">Un <mrk mtype="x-sdl-deleted" sdl:revid="r1">gros </mrk><mrk mtype="x-sdl-added" sdl:revid="r2">petit </mrk><mrk mtype="x-sdl-comment" sdl:cid="c">chat</mrk>.</mrk> <mrk mtype="seg" mid="2"/><mrk mtype="seg" mid="3">Il rêve.</mrk></g></target>
<sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs></trans-unit>
<trans-unit id="u2"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk></seg-source><target>Un. Deux.</target></trans-unit>
</group></body></file></xliff>"""

MEMOQ = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
<file original="b.docx" source-language="en" target-language="fr" datatype="x-memoq"><body>
<trans-unit id="1" mq:status="Proofread"><source xml:space="preserve">Line one<x id="1" ctype="lb"/>two <bpt id="2" ctype="bold">{}</bpt>three<ept id="2">{}</ept></source>
<target xml:space="preserve">Ligne un<x id="1" ctype="lb"/>deux <bpt id="2">{}</bpt>trois<ept id="2">{}</ept></target>
<alt-trans><source>Line</source><target>Autre</target></alt-trans>
<mq:comments><mq:comment id="9">late</mq:comment></mq:comments><mq:insertedmatch><source>x</source><target>y</target></mq:insertedmatch></trans-unit>
<trans-unit id="2"><source>
    Laid out
    for people
  </source><target xml:space="preserve">
 Gardé
</target></trans-unit>
</body></file></xliff>"""


def load(data: str) -> Article:
    found = [
        replace(each, segments=tuple(each.segments))
        for each in xliff2.read(io.BytesIO(data.encode()), name="a")
    ]
    (article,) = found
    return article


def test_trados():
    article = load(TRADOS)
    assert (article.title, article.source_language, article.target_language) == (
        "a.docx",
        "en",
        "fr",
    )
    assert article.segments == (
        Segment(
            "A <g4>cat</g4>.", "Un petit chat.", id="u1.1", status="done"
        ),  # what was deleted is not there any more
        Segment("It sleeps.", "", id="u1.2", status="to_review"),
        Segment("", "Il rêve.", id="u1.3", status="to_review"),  # a target is never lost
        Segment("One. Two.", "Un. Deux.", id="u2", status="to_review"),
    )
    assert [(str(warning), count) for warning, count in article.warnings] == [
        ("unit s2: a text that is marked as not to be translated is left out", 1)
    ]


def test_memoq():
    first, second = load(MEMOQ).segments
    assert first.flags == (Flag("", "neutral", comment="late"),)
    assert (first.source, first.target) == (
        "Line one\ntwo <b2>three</b2>",
        "Ligne un\ndeux <b2>trois</b2>",
    )
    assert (second.source, second.target) == ("Laid out for people", "\n Gardé\n")


def legacy(
    units: str, *, head: str = "", file: str = 'original="a.docx"', root: str = ""
) -> Article:
    return load(
        f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" {root}>{head}'
        f'<file {file} source-language="en" target-language="fr" datatype="plaintext"><body>'
        f"{units}</body></file></xliff>"
    )


def pairs(article: Article) -> list[tuple[str, str, str]]:
    return [(each.id, each.source, each.target) for each in article.segments]


def mark(name: str, words: str) -> str:
    return f'<mrk mtype="seg" mid="{name}">{words}</mrk>'


def test_words_between_segment_marks_are_segments():
    source = f"Before. {mark('1', 'One.')} Middle. {mark('2', 'Two.')}."
    target = f"{mark('1', 'Un.')} <g id='3'>Milieu.</g> {mark('2', 'Deux.')} Après. {mark('2', 'Encore.')}"
    article = legacy(
        f'<trans-unit id="u"><source>x</source><seg-source>{source}</seg-source>'
        f"<target>{target}</target></trans-unit>"
    )
    assert pairs(article) == [
        ("u.+", "Before.", ""),
        ("u.1", "One.", "Un."),
        ("u.1+", "Middle.", "<g3>Milieu.</g3>"),
        ("u.2", "Two.", "Deux."),
        ("u.2+", "", "Après."),
        ("u.2'", "", "Encore."),
    ]


def test_texts_inside_codes_are_segments_of_their_own():
    code = '{}<ph id="1">&lt;fn&gt;<sub>{}</sub>&lt;/fn&gt;</ph>.'
    article = legacy(
        f'<trans-unit id="u"><source>{code.format("Cats", "A note.")}</source>'
        f"<target>{code.format('Chats', 'Une note.')}</target></trans-unit>"
    )
    assert pairs(article) == [
        ("u", "Cats<fn1/>.", "Chats<fn1/>."),
        ("u.sub1", "A note.", "Une note."),
    ]


UNIT = '<trans-unit id="u"><source>A cat.</source><target>Un chat.</target>{}</trans-unit>'
NOTES = {
    '<note from="description">Shown above</note>': 0,
    "<note>No comment provided by engineer.</note>": 0,
    '<note annotates="source">A button</note>': 0,
    "<note/>": 0,
    '<note from="Rosa">Check this</note>': 1,
    "<note>Check this</note>": 1,
    '<note annotates="target" from="reviewer">Check</note>': 1,
}


def test_notes_of_programs_are_no_flags():
    found = {}
    for note in NOTES:
        (segment,) = legacy(UNIT.format(note)).segments
        found[note] = len(segment.flags)
    assert found == NOTES
    of_software = legacy(UNIT.format("<note>Shown above</note>"), file='original="Main.strings"')
    assert [len(segment.flags) for segment in of_software.segments] == [0]
    assert [str(warning) for warning, _count in of_software.warnings] == [
        "unit u: a program’s note on where a text comes from is left out"
    ]


def test_comments_of_translation_programs_are_remarks():
    memoq = (
        '<mq:comments xmlns:mq="MQXliff"><mq:comment creatoruser="rosa" time="2026-01-31T12:00:00Z">'
        'Really?</mq:comment><mq:comment deleted="true">no</mq:comment><mq:comment/></mq:comments>'
    )
    (segment,) = legacy(UNIT.format(memoq)).segments
    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert segment.flags == (Flag("", "neutral", comment="Really?", author="rosa", time=noon),)
    sdl = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    head = (
        '<sdl:doc-info><sdl:cmt-defs><sdl:cmt-def id="c9"><sdl:Comments><sdl:Comment user="otto"'
        ' date="soon">Cat?</sdl:Comment></sdl:Comments></sdl:cmt-def></sdl:cmt-defs></sdl:doc-info>'
    )
    marked = 'Un <mrk mtype="x-sdl-comment" sdl:cid="c9">chat</mrk> <mrk mtype="comment" comment="Mid">noir</mrk>.'
    unit = f'<trans-unit id="u"><source>A cat.</source><target>{marked}</target></trans-unit>'
    (segment,) = legacy(unit, head=head, root=sdl).segments
    assert segment.flags == (
        Flag("", "neutral", target_span=Span(3, 7), comment="Cat?", author="otto"),
        Flag("", "neutral", target_span=Span(8, 12), comment="Mid"),
    )


def test_codes_that_trados_names_in_the_head_are_characters():
    sdl = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    head = (
        '<sdl:tag-defs><sdl:tag id="5"><ph>&lt;w:noBreakHyphen/&gt;</ph></sdl:tag></sdl:tag-defs>'
    )
    unit = '<trans-unit id="u"><source>a<x id="5"/>b</source><target>c<x id="5"/>d</target></trans-unit>'
    assert pairs(legacy(unit, head=head, root=sdl)) == [("u", "a\u2011b", "c\u2011d")]


def test_prefixes_that_no_one_declares_are_no_obstacle():
    undeclared = '<trans-unit id="u" ax:state="x"><ax:y/><source>A: b</source><target>C</target></trans-unit>'
    assert pairs(legacy(undeclared)) == [("u", "A: b", "C")]
    assert pairs(legacy(undeclared, root='ax:v="1"')) == [("u", "A: b", "C")]
    assert pairs(legacy(undeclared, root='xmlns:ax="urn:x" ax:v="1"')) == [("u", "A: b", "C")]


def test_an_undeclared_prefix_that_cannot_be_mended_is_named():
    data = f'<?xml version="1.0" encoding="utf-16"?><xliff version="1.2">{UNIT.format("<ax:y/>")}</xliff>'
    with pytest.raises(BadFile, match="the prefix “ax” is used there"):
        list(next(xliff2.read(io.BytesIO(data.encode("utf-16")), name="a")).segments)


def test_html_in_texts_is_read_as_paragraphs():
    unit = "<trans-unit id='u'><source><![CDATA[<p>One.</p><p>Two.</p>]]></source><target>&lt;p>Un.&lt;/p>&lt;p>Deux.&lt;/p></target></trans-unit>"
    read = with_codes(legacy(unit))
    assert pairs(read) == [
        ("u.1", "<p>One.</p>", "<p>Un.</p>"),
        ("u.2", "<p>Two.</p>", "<p>Deux.</p>"),
    ]
