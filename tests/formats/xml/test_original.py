"""Native codes of XLIFF and TMX: tokens in the text, the file's own characters on the way out."""

import io
from dataclasses import replace

import pytest

from articles.formats import BadFile
from articles.formats.interchange import Article, Correction, Segment
from articles.formats.xml import original, tmx, xliff2
from articles.text.document import Span

LEGACY = """<?xml version="1.0" encoding="utf-8"?>
<!-- as it came -->
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a.html" source-language="en" target-language="fr" datatype="html"><body>
<trans-unit id="1"><source>A <g id="1" ctype="bold">cat</g> sleeps<x id="2" ctype="lb"/>here <ph id="3">&lt;img src="a"/&gt;</ph>.</source>
<target state='translated'>Un <g id="1" ctype="bold">chat</g> dort<x id="2" ctype="lb"/>ici <ph id="3">&lt;img src="a"/&gt;</ph>.</target></trans-unit>
<trans-unit id="2"><source>See <bpt id="1" ctype="link">&lt;a href="x"&gt;</bpt>this<ept id="1">&lt;/a&gt;</ept> page.</source>
<target>Voir <bpt id="1" ctype="link">&lt;a href="x"&gt;</bpt>cette<ept id="1">&lt;/a&gt;</ept> page &amp; l&#8217;autre.</target></trans-unit>
<trans-unit id="3"><source>Only <mrk mtype="protected" mid="p1">source</mrk></source></trans-unit>
<trans-unit id="4"><source>Nothing</source><target /></trans-unit>
<trans-unit id="5"><source><g id="9">One. Two.</g></source><seg-source><g id="9"><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two <bx id="7"/>more<ex id="7"/>.</mrk></g></seg-source>
<target><g id="9"><mrk mtype="seg" mid="0">Un.</mrk> <mrk mtype="seg" mid="1">Deux <bx id="7"/>plus<ex id="7"/>.</mrk></g></target></trans-unit>
</body></file></xliff>"""
TWO = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"><file id="f"><unit id="u"><originalData><data id="d1">&lt;em&gt;</data></originalData>
<segment id="s1"><source>A <pc id="1" dataRefStart="d1">cat</pc> <sc id="2" type="fmt" subType="xlf:i"/>and<ec startRef="2"/> <mrk id="m" type="term">dog</mrk><ph id="4" equiv="&lt;img/&gt;"/>.</source><target>Un <pc id="1" dataRefStart="d1">chat</pc> <sc id="2" type="fmt" subType="xlf:i"/>et<ec startRef="2"/> <mrk id="m" type="term">chien</mrk><ph id="4" equiv="&lt;img/&gt;"/>.</target></segment>
<segment id="s2"><source>Two.</source></segment>
</unit></file></xliff>"""
MEMORY = """<?xml version="1.0"?><tmx version="1.4"><header srclang="en" creationtool="x"/><body>
<tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>
<tu tuid="1"><tuv xml:lang="en"><seg>A <bpt i="1">&lt;b&gt;</bpt>cat<ept i="1">&lt;/b&gt;</ept> <hi type="term">x</hi><ut>{}</ut> end.</seg></tuv><tuv xml:lang="fr"><seg>Un <bpt i="1">&lt;b&gt;</bpt>chat<ept i="1">&lt;/b&gt;</ept> <hi type="term">x</hi><ut>{}</ut> fin.</seg></tuv></tu></body></tmx>"""


def read(data: bytes) -> Article:
    reader = tmx if b"<tmx" in data else xliff2
    found = [
        replace(each, segments=tuple(each.segments))
        for each in reader.read(io.BytesIO(data), name="a")
    ]
    return found[0]


def correct(article: Article, corrections: dict[str, str]) -> Article:
    """Return the article as it is exported, with approved corrections by source or target."""
    segments = []
    texts = {"source": "", "target": ""}
    for segment in article.segments:
        spans = {}
        for side in texts:
            words = getattr(segment, side)
            texts[side] += "\n" * bool(words and texts[side])
            spans[f"{side}_span"] = Span(len(texts[side]), len(texts[side]) + len(words))
            texts[side] += words
        new = corrections.get(segment.target or segment.source)
        made = (Correction(segment.target, new, "approved"),) if new is not None else ()
        segments.append(replace(segment, corrections=made, **spans))
    return replace(article, segments=segments, **texts)


def written(data: str, corrections: dict[str, str], encoding: str = "utf-8") -> str:
    article = correct(read(data.encode(encoding)), corrections)
    return b"".join(original.write([article])).decode(encoding)


def test_codes_are_tokens_named_after_what_they_are():
    assert [(each.source, each.target) for each in read(LEGACY.encode()).segments] == [
        ("A <b1>cat</b1> sleeps\nhere <img3/>.", "Un <b1>chat</b1> dort\nici <img3/>."),
        ("See <a1>this</a1> page.", "Voir <a1>cette</a1> page & l’autre."),
        ("Only <protected1>source</protected1>", ""),
        ("Nothing", ""),
        ("One.", "Un."),
        ("Two <g7>more</g7>.", "Deux <g7>plus</g7>."),
    ]
    assert read(TWO.encode()).segments[0].target == (
        "Un <em1>chat</em1> <i2>et</i2> <term1>chien</term1><img4/>."
    )
    assert read(MEMORY.encode()).segments[0].target == (
        "Un <b1>chat</b1> <term1>x</term1><ut1/> fin."
    )


CORRECTED = [
    (LEGACY, {}, []),
    (
        LEGACY,
        {"Un <b1>chat</b1> dort\nici <img3/>.": "<img3/> Le <b1>chat & moi</b1> dormons\nici."},
        [
            (
                'Un <g id="1" ctype="bold">chat</g> dort<x id="2" ctype="lb"/>ici <ph id="3">&lt;img src="a"/&gt;</ph>.<',
                '<ph id="3">&lt;img src="a"/&gt;</ph> Le <g id="1" ctype="bold">chat &amp; moi</g> dormons<x id="2" ctype="lb"/>ici.<',
            )
        ],
    ),
    (
        LEGACY,
        {"Only <protected1>source</protected1>": "Que <protected1>la source</protected1>"},
        [
            (
                "source</mrk></source></trans-unit>",
                'source</mrk></source><target>Que <mrk mtype="protected" mid="p1">la source</mrk></target></trans-unit>',
            )
        ],
    ),
    (LEGACY, {"Nothing": "Rien"}, [("<target />", "<target>Rien</target>")]),
    (
        LEGACY,
        {"Deux <g7>plus</g7>.": "Trois <g7>plus</g7> <b1>."},
        [('>Deux <bx id="7"/>plus<ex id="7"/>.', '>Trois <bx id="7"/>plus<ex id="7"/> &lt;b1&gt;.')],
    ),
    (TWO, {"Two.": "Deux."}, [("Two.</source>", "Two.</source><target>Deux.</target>")]),
    (
        TWO,
        {"Un <em1>chat</em1> <i2>et</i2> <term1>chien</term1><img4/>.": "<img4/><em1>Chat</em1> <i2>et</i2> <term1>chien</term1>."},
        [
            ('Un <pc id="1" dataRefStart="d1">chat</pc>', '<ph id="4" equiv="&lt;img/&gt;"/><pc id="1" dataRefStart="d1">Chat</pc>'),
            ('chien</mrk><ph id="4" equiv="&lt;img/&gt;"/>.', "chien</mrk>."),
        ],
    ),
    (
        MEMORY,
        {"Un <b1>chat</b1> <term1>x</term1><ut1/> fin.": "Le <b1>chat</b1> <term1>x</term1><ut1/> fin."},
        [("<seg>Un ", "<seg>Le ")],
    ),
]  # fmt: skip


def test_corrections_go_back_into_the_file_with_its_codes():
    for data, corrections, changes in CORRECTED:
        expected = data
        for before, after in changes:
            assert before in expected
            expected = expected.replace(before, after)
        assert written(data, corrections) == expected
    declared = LEGACY.replace('encoding="utf-8"', 'encoding="iso-8859-1"').replace("’", "'")
    found = written(declared, {"Un.": "Né €."}, "iso-8859-1")
    assert "Né &#8364;.</mrk>" in found


def test_a_segment_over_two_units_is_divided_and_a_half_is_put_into_its_unit():
    article = correct(read(LEGACY.encode()), {})
    whole = Span(article.target.index("Un."), article.target.index("Un.") + 3)
    both = Segment(
        "",
        article.target[whole.start :],
        target_span=Span(whole.start, len(article.target)),
        corrections=(
            Correction("", "Un peu.\nDeux <g7>fois</g7>.", "approved"),
        ),
    )  # fmt: skip
    made = b"".join(original.write([replace(article, segments=[both])])).decode()
    assert ">Un peu.</mrk>" in made
    assert '>Deux <bx id="7"/>fois<ex id="7"/>.</mrk>' in made


def test_what_has_no_place_is_refused_and_nothing_is_written():
    words = "Voir <a1>cette</a1> page & l’autre."
    crossed = {"Un <b1>chat</b1> dort\nici <img3/>.": "</b1>Un<b1> chat dort ici <img3/>."}
    for problem, made in {
        "was not kept": replace(correct(read(LEGACY.encode()), {}), page=b""),
        "no longer has": replace(correct(read(LEGACY.encode()), {}), target="Autre"),
        "not in an order": correct(read(LEGACY.encode()), crossed),
        "has no place": correct(
            replace(read(LEGACY.encode()), segments=(Segment("New", ""), *read(LEGACY.encode()).segments)),
            {"New": "Neuf"},
        ),
    }.items():  # fmt: skip
        if problem == "has no place":
            made = replace(made, source=made.source.removeprefix("New\n"))
        with pytest.raises(BadFile, match=problem):
            b"".join(original.write([made]))
    assert not original.is_file_of(b"<tmx", "", "")
    assert original.is_file_of(
        MEMORY.encode(), "A <b1>cat</b1> <term1>x</term1><ut1/> end.",
        "Un <b1>chat</b1> <term1>x</term1><ut1/> fin.",
    )  # fmt: skip
    assert words in [each.target for each in read(LEGACY.encode()).segments]


def test_our_own_files_have_codes_too():
    texts = ("Un <b1>chat</b1> <x2/>", "Fin</b1> <i1> <x2/><x2/>", "Un <b7>")
    made = Article("t", "en", "fr", segments=[Segment(each, each) for each in texts])
    for module, code in ((xliff2, b'<ec startRef="c-b1"'), (tmx, b'<ept i="1">')):
        data = b"".join(module.write([made]))
        assert code in data
        again = read(data)
        assert tuple(each.target for each in again.segments) == texts
        assert again.page == b""
