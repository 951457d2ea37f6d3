"""XLIFF 1.2 as Trados and memoQ write it."""

import io
from dataclasses import replace

from articles.formats.interchange import Article, Segment
from articles.formats.xml import xliff2

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
            "A cat.", "Un petit chat.", id="u1.1", status="done"
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
    assert (first.source, first.target) == ("Line one\ntwo three", "Ligne un\ndeux trois")
    assert (second.source, second.target) == ("Laid out for people", "\n Gardé\n")
