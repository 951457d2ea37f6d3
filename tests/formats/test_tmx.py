"""TMX: what is written is valid, read by others, and comes back; memories of others are understood."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as judge

from articles.formats import tmx
from articles.formats.exchange import Article, BadFile, Correction, Flag, Segment
from tests.formats.strategies import articles, plain_pairs, quick
from tests.shared import shared


def load(data: bytes) -> list[Article]:
    return [replace(each, segments=tuple(each.segments)) for each in tmx.read(io.BytesIO(data), name="memory")]


def saved(*made: Article) -> bytes:
    return b"".join(tmx.write(made))


def carried(article: Article) -> Article:
    """What of an article a memory holds: pairs, status, flags and corrections."""
    segments = tuple(
        replace(each, findings=(), events=(), source_span=None, target_span=None, score=1.0)
        for each in article.segments
    )
    return Article(
        article.title, article.source_language, article.target_language, segments=segments, held=article.held
    )


@quick
@given(st.lists(articles(), min_size=1, max_size=2, unique_by=lambda article: article.title))
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
        "a", "b", id="7", corrections=(Correction("b", "c", "approved"),), flags=(Flag("Omission", "major"),)
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_memories_of_others_are_understood(encoding):
    found = load(OTHERS.encode(encoding))
    assert plain_pairs(found) == [("memory", "The cat sleeps", "Le chat dort"), ("memory", "Un", "")]
    assert [(each.source_language, each.target_language) for each in found] == [("en", "fr"), ("fr", "en")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '<tuv xml:lang="en"/>',
            '<tuv xml:lang="en"/><tuv xml:lang="de"/>',
            "unit in line 4: this unit holds 3 languages",
        ),
        ('<prop type="x-other"/>', '<prop type="x-flag">{</prop>', "unit in line 4: this is not a line of JSON"),
    ],
)
def test_what_is_wrong_is_named(old, new, words):
    with pytest.raises(BadFile) as refused:
        load(OTHERS.replace(old, new).encode())
    assert str(refused.value).startswith(words)
